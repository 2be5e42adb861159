package io.tocsin.agent.parse;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Syslog as RFC 5424 has it, as RFC 3164 describes it, and as rsyslog writes it into files (with an
 * ISO time, or without a priority).
 */
final class SyslogFormat implements LineFormat {

  private static final Pattern RFC_5424 =
      Pattern.compile(
          "<(?<pri>\\d{1,3})>1 (?<ts>\\S+) (?<host>\\S+) (?<app>\\S+) (?<pid>\\S+) (?<msgid>\\S+)"
              + " (?<data>-|(?:\\[(?:[^\\]\"\\\\]|\\\\.|\"(?:[^\"\\\\]|\\\\.)*+\")*+\\])+)"
              + "(?: (?:\\uFEFF)?(?<message>.*))?",
          Pattern.DOTALL);

  private static final Pattern RFC_3164 =
      Pattern.compile(
          "(?:<(?<pri>\\d{1,3})>)?"
              + "(?<ts>[A-Z][a-z]{2} [ \\d]\\d \\d{2}:\\d{2}:\\d{2}"
              + "|\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?(?:Z|[+-]\\d{2}:?\\d{2})?)"
              + " (?<host>\\S+) (?:(?<app>[^\\s:\\[]+)(?:\\[(?<pid>[^\\]]*)\\])?:(?: |$))?"
              + "(?<message>.*)",
          Pattern.DOTALL);

  private static final String NIL = "-";

  @Override
  public @Nullable Map<String, @Nullable Object> fields(Line line, String text) {
    Matcher modern = RFC_5424.matcher(text);
    if (modern.matches()) {
      Map<String, @Nullable Object> fields = common(modern);
      put(fields, "event", modern.group("msgid"));
      put(fields, "structured_data", modern.group("data"));
      return fields;
    }
    Matcher classic = RFC_3164.matcher(text);
    return classic.matches() ? common(classic) : null;
  }

  private static Map<String, @Nullable Object> common(Matcher matcher) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    put(fields, "ts", matcher.group("ts"));
    String priority = matcher.group("pri");
    if (priority != null) {
      int number = Integer.parseInt(priority);
      fields.put("level", Integer.toString(number & 7));
      fields.put("facility", number >> 3);
    }
    String message = matcher.group("message");
    fields.put("message", message == null ? "" : message);
    put(fields, "hostname", matcher.group("host"));
    put(fields, "app", matcher.group("app"));
    put(fields, "pid", matcher.group("pid"));
    return fields;
  }

  private static void put(
      Map<String, @Nullable Object> fields, String name, @Nullable String value) {
    if (value != null && !value.equals(NIL)) {
      fields.put(name, value);
    }
  }
}
