package io.tocsin.agent.parse;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How lines are read.
 *
 * @param service what lines are said by that do not say it themselves
 * @param format what a line looks like
 * @param pattern for {@link Format#REGEX}: its named groups are the fields
 * @param fields where the six fields are found
 * @param zone of times that name none
 * @param charset of the bytes
 */
public record LineSettings(
    String service,
    Format format,
    @Nullable Pattern pattern,
    FieldNames fields,
    ZoneId zone,
    Charset charset) {

  /** What a line looks like. */
  public enum Format {
    JSON,
    TEXT,
    LOGFMT,
    REGEX,
    SYSLOG
  }

  public LineSettings {
    require(!service.isBlank(), "service", service, "must not be empty");
    require(
        (format == Format.REGEX) == (pattern != null),
        "pattern",
        pattern,
        "goes with format regex, and format regex with it");
    require(
        pattern == null || !pattern.namedGroups().isEmpty(),
        "pattern",
        pattern,
        "must have named groups, such as (?<message>.*)");
    require(
        charset.canEncode() && "a\n".getBytes(charset).length == 2,
        "charset",
        charset,
        "must write a line end as one byte, as UTF-8 and ISO-8859-9 do");
  }
}
