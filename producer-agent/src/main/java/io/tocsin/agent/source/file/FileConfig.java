package io.tocsin.agent.source.file;

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
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Log files, as the agent's file has them under {@code file:}. */
public record FileConfig(
    @Doc("files, or globs: * within a name, ** across folders, {a,b}, [0-9]") List<String> paths,
    @Doc("which program wrote them; also the records' key") String service,
    @Doc("the source's name in ids and metrics; else the service") @Nullable String name,
    @Default("text") @Doc("what a line looks like") Format format,
    @Doc("for format regex: must fit the whole line; its named groups are the fields")
        @Nullable Pattern pattern,
    @Default("{}") @Doc("where the six fields are found; the rest goes to meta") FieldNames fields,
    @Default("UTC") @Doc("the zone of times that name none") ZoneId zone,
    @Default("UTF-8") @Doc("the files' character set") Charset charset,
    @Default("beginning") @Doc("where to start in a file without a checkpoint") Start start,
    @Default("1MiB") @Doc("longer lines are cut there and marked") DataSize maxLine,
    @Doc("which lines are one event; else each is one") @Nullable Multiline multiline,
    @Default("{}") @Doc("what is done to records on the way") TransformSettings transform)
    implements SourceSettings {

  private static final long SHORTEST_LINE = 1024;
  private static final long LONGEST_LINE = 8L << 20;

  /** Where to start in a file without a checkpoint. */
  public enum Start {
    BEGINNING,
    END
  }

  public FileConfig {
    require(!paths.isEmpty(), "paths", null, "must name at least one file");
    for (String path : paths) {
      require(path.startsWith("/"), "paths", path, "must be full paths");
      require(Globs.isValid(path), "paths", path, "is no glob");
    }
    require(
        maxLine.bytes() >= SHORTEST_LINE && maxLine.bytes() <= LONGEST_LINE,
        "max-line",
        maxLine.bytes() + "B",
        "must be 1KiB to 8MiB");
    require(
        name == null || (!name.isBlank() && name.indexOf('/') < 0),
        "name",
        name,
        "must be a name without a slash");
    require(
        name != null || service.indexOf('/') < 0,
        "service",
        service,
        "has a slash, so the source needs a name of its own");
    // Made here only to be refused here, with the right line of the file.
    var _ = new LineSettings(service, format, pattern, fields, zone, charset);
  }

  /** The source part of ids. */
  @Override
  public String sourceName() {
    return name != null ? name : service;
  }

  LineSettings lines() {
    return new LineSettings(service, format, pattern, fields, zone, charset);
  }
}
