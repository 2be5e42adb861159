package io.tocsin.agent.parse;

import io.tocsin.agent.parse.LineSettings.Format;
import io.tocsin.agent.pattern.GaveUpException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A way of writing log lines. Not thread-safe. */
sealed interface LineFormat
    permits JsonFormat, TextFormat, LogfmtFormat, RegexFormat, SyslogFormat {

  /**
   * The fields of a line, under the format's own names; null when the line is not of this format.
   * The map may be changed by who gets it.
   *
   * @param text the line's text
   * @throws GaveUpException when that is not found out within bounds
   */
  @Nullable Map<String, @Nullable Object> fields(Line line, String text) throws GaveUpException;

  static LineFormat of(LineSettings settings) {
    return switch (settings.format()) {
      case JSON -> new JsonFormat();
      case TEXT -> new TextFormat();
      case LOGFMT -> new LogfmtFormat();
      case SYSLOG -> new SyslogFormat();
      case REGEX -> {
        if (settings.pattern() == null) {
          throw new IllegalArgumentException("format " + Format.REGEX + " needs a pattern");
        }
        yield new RegexFormat(settings.pattern());
      }
    };
  }
}
