package io.tocsin.agent.source.stdin;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.agent.parse.FieldNames;
import io.tocsin.agent.parse.LineSettings;
import io.tocsin.agent.parse.LineSettings.Format;
import io.tocsin.agent.transform.SourceSettings;
import io.tocsin.agent.transform.TransformSettings;
import io.tocsin.bootstrap.config.DataSize;
import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The agent's own input, as the agent's file has it under {@code stdin:}. */
public record StdinConfig(
    @Doc("which program is piped in") String service,
    @Default("stdin") @Doc("the source's name in ids and metrics") String name,
    @Default("text") @Doc("what a line looks like") Format format,
    @Doc("for format regex: must fit the whole line; its named groups are the fields")
        @Nullable Pattern pattern,
    @Default("{}") @Doc("where the six fields are found; the rest goes to meta") FieldNames fields,
    @Default("UTC") @Doc("the zone of times that name none") ZoneId zone,
    @Default("UTF-8") @Doc("the lines' character set") Charset charset,
    @Default("1MiB") @Doc("longer lines are cut there and marked") DataSize maxLine,
    @Default("{}") @Doc("what is done to records on the way") TransformSettings transform)
    implements SourceSettings {

  private static final DataSize USUAL_LINE = new DataSize(1 << 20);

  public StdinConfig {
    require(
        !name.isBlank() && name.indexOf('/') < 0, "name", name, "must be a name without a slash");
    require(
        maxLine.bytes() >= 1024 && maxLine.bytes() <= 8 << 20,
        "max-line",
        maxLine.bytes() + "B",
        "must be 1KiB to 8MiB");
    // Made here only to be refused here, with the right line of the file.
    var _ = new LineSettings(service, format, pattern, fields, zone, charset);
  }

  /** What a pipe on the command line says, all else as usual. */
  public static StdinConfig of(String service, Format format) {
    return new StdinConfig(
        service,
        "stdin",
        format,
        null,
        FieldNames.USUAL,
        ZoneOffset.UTC,
        StandardCharsets.UTF_8,
        USUAL_LINE,
        TransformSettings.NONE);
  }

  LineSettings lines() {
    return new LineSettings(service, format, pattern, fields, zone, charset);
  }

  @Override
  public String sourceName() {
    return name;
  }
}
