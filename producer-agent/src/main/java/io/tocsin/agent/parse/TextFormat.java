package io.tocsin.agent.parse;

import io.tocsin.event.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Any line. The whole of it is the message; a time and a level near its start, as most programs
 * write them, become the event's.
 */
final class TextFormat implements LineFormat {

  /** How far from the start a time or level is looked for. */
  private static final int HEAD = 160;

  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}[-/]\\d{2}[-/]\\d{2}[T ]\\d{2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?"
              + "(?:Z|[+-]\\d{2}:?\\d{2})?"
              + "|\\d{2}/[A-Z][a-z]{2}/\\d{4}:\\d{2}:\\d{2}:\\d{2} [+-]\\d{4}"
              + "|^[A-Z][a-z]{2} [ \\d]\\d \\d{2}:\\d{2}:\\d{2}\\b");

  /** Upper case only: "error" within a sentence is no level. */
  private static final Pattern LEVEL =
      Pattern.compile(
          "\\b(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|SEVERE|CRIT|CRITICAL|FATAL)\\b");

  @Override
  public Map<String, @Nullable Object> fields(Line line, String text) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    CharSequence head = text.subSequence(0, Math.min(HEAD, text.length()));
    Matcher time = TIME.matcher(head);
    if (time.find()) {
      fields.put("ts", time.group());
    }
    Matcher level = LEVEL.matcher(head);
    fields.put("level", level.find() ? level.group() : Level.INFO.name());
    fields.put("message", text);
    return fields;
  }
}
