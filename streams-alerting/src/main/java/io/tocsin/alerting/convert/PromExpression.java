package io.tocsin.alerting.convert;

import io.tocsin.bootstrap.config.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of PromQL and LogQL that say what a rule here can say: a metric, or a function of
 * it over a time, against a bound; the number of log lines in a time; a series that is missing.
 * Metrics are looked for under {@code values} of telemetry.
 */
final class PromExpression {

  private static final String SERIES = "(?<metric>[a-zA-Z_:][\\w:]*) ?(?:\\{(?<labels>[^}]*)})?";
  private static final String RANGE = " ?\\[(?<range>\\w+)]";
  private static final Pattern COMPARED =
      Pattern.compile("(?<left>.+?) ?(?<sign>>=|<=|==|!=|>|<) ?(?<bound>-?[\\d.]+(?:e[+-]?\\d+)?)");
  private static final Pattern OVER_TIME =
      Pattern.compile(
          "(?:(?<what>avg|min|max|sum)_over_time|quantile_over_time) ?\\( ?(?:(?<part>[\\d.]+) ?, ?)?"
              + SERIES
              + RANGE
              + " ?\\)");
  private static final Pattern ACROSS =
      Pattern.compile(
          "(?<what>avg|min|max) ?(?:by ?\\((?<by>[^)]*)\\) ?)?\\( ?"
              + SERIES
              + " ?\\)(?: ?by ?\\((?<after>[^)]*)\\))?");
  private static final Pattern INSTANT = Pattern.compile(SERIES);
  private static final Pattern LINES =
      Pattern.compile(
          "(?:sum ?(?:by ?\\((?<by>[^)]*)\\) ?)?\\( ?)?count_over_time ?\\( ?\\{(?<labels>[^}]*)}"
              + "(?<lines>(?: ?(?:\\|=|\\|~|!=|!~) ?(?:\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`))*)"
              + RANGE
              + " ?\\)(?: ?\\))?(?: ?by ?\\((?<after>[^)]*)\\))?");
  private static final Pattern LINE =
      Pattern.compile("(\\|=|\\|~|!=|!~) ?(?:\"((?:[^\"\\\\]|\\\\.)*)\"|`([^`]*)`)");
  private static final Pattern ABSENT =
      Pattern.compile("absent(?:_over_time)? ?\\( ?" + SERIES + "(?:" + RANGE + ")? ?\\)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*) ?(=~|!~|!=|=) ?\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern NAMED = Pattern.compile("\\$labels\\.(\\w+)");
  private static final Pattern LENGTH = Pattern.compile("(\\d+)(ms|s|m|h|d|w|y)");
  private static final Map<String, String> PERCENTILES =
      Map.of("0.5", "p50", "0.95", "p95", "0.99", "p99");
  private static final Map<String, String> FIELDS =
      Map.of(
          "service",
          "service",
          "job",
          "service",
          "app",
          "service",
          "level",
          "level",
          "instance",
          "host",
          "host",
          "host",
          "hostname",
          "host",
          "device",
          "device");
  private static final String LATEST = "1m";

  private PromExpression() {}

  /** Puts into the draft what the expression says, or why it says nothing here. */
  static void read(String expression, Draft draft) {
    Matcher absent = ABSENT.matcher(expression);
    Matcher compared = COMPARED.matcher(expression);
    if (absent.matches()) {
      absent(absent, draft);
    } else if (!compared.matches()) {
      draft.refuse("the expression compares nothing with a number: " + expression);
    } else if (!readCompared(compared, draft)) {
      draft.refuse("the expression has no counterpart: " + expression);
    }
  }

  private static void absent(Matcher absent, Draft draft) {
    String range = absent.group("range");
    telemetry(absent, draft).put("absent-for", range == null ? "5m" : duration(range));
    draft.differs("it also waits for a series that was seen and then ended; expect: names others");
  }

  private static boolean readCompared(Matcher compared, Draft draft) {
    String left = compared.group("left").strip();
    String sign = compared.group("sign");
    BigDecimal bound = new BigDecimal(compared.group("bound"));
    Matcher lines = LINES.matcher(left);
    Matcher overTime = OVER_TIME.matcher(left);
    Matcher across = ACROSS.matcher(left);
    Matcher instant = INSTANT.matcher(left);
    if (lines.matches()) {
      return lines(lines, sign, bound, draft);
    }
    if (overTime.matches()) {
      String what = overTime.group("what");
      String function = what == null ? PERCENTILES.get(overTime.group("part")) : what;
      telemetry(overTime, draft);
      return aggregate(function, overTime, sign, bound, duration(overTime.group("range")), draft);
    }
    if (across.matches()) {
      telemetry(across, draft).putFilled("group-by", fields(across));
      draft.differs("it looks at the records of " + LATEST + ", not at the latest of each series");
      return aggregate(across.group("what"), across, sign, bound, LATEST, draft);
    }
    return instant.matches() && instant(instant, sign, bound, draft);
  }

  private static boolean instant(Matcher instant, String sign, BigDecimal bound, Draft draft) {
    telemetry(instant, draft).put("group-by", List.of("device"));
    String field = "values." + instant.group("metric");
    if (sign.equals("==")) {
      draft.put("change", ordered("of", field, "to", bound));
      return true;
    }
    draft.differs("it looks at the average of " + LATEST + ", a group for each device");
    return aggregate("avg", instant, sign, bound, LATEST, draft);
  }

  private static boolean aggregate(
      @Nullable String function,
      Matcher series,
      String sign,
      BigDecimal bound,
      @Nullable String within,
      Draft draft) {
    String side = sign.startsWith(">") ? "above" : sign.startsWith("<") ? "below" : null;
    if (function == null || side == null) {
      return false;
    }
    if (sign.endsWith("=")) {
      draft.differs("the bound itself does not ring");
    }
    draft.put("aggregate", ordered(function, "values." + series.group("metric"), side, bound));
    draft.put("within", within);
    return true;
  }

  private static boolean lines(Matcher lines, String sign, BigDecimal bound, Draft draft) {
    if (!sign.startsWith(">") || bound.signum() < 0) {
      return false;
    }
    List<Map<String, Object>> none = new ArrayList<>();
    Map<String, Object> match = labels(lines.group("labels"));
    Matcher line = LINE.matcher(lines.group("lines"));
    while (line.find()) {
      String text = line.group(3) == null ? unescaped(line.group(2)) : line.group(3);
      String operator = line.group(1).endsWith("~") ? "regex" : "contains";
      Map<String, Object> wanted = Map.of("message", Map.of(operator, text));
      if (line.group(1).startsWith("!")) {
        none.add(wanted);
      } else if (match.putIfAbsent("message", Map.of(operator, text)) != null) {
        return false;
      }
    }
    if (!none.isEmpty()) {
      match.put("none-of", none);
    }
    long least = bound.longValue() + (sign.equals(">") || !isWhole(bound) ? 1 : 0);
    draft.putFilled("match", match).putFilled("group-by", fields(lines));
    draft.put("count", Math.max(1, least)).put("within", duration(lines.group("range")));
    return true;
  }

  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }

  private static Draft telemetry(Matcher series, Draft draft) {
    String labels = series.group("labels");
    Map<String, Object> match = labels(labels == null ? "" : labels);
    match.put("values." + series.group("metric"), Map.of("exists", true));
    return draft.put("from", "telemetry").put("match", match);
  }

  private static Map<String, Object> labels(String text) {
    Map<String, Object> match = new LinkedHashMap<>();
    Matcher label = LABEL.matcher(text);
    while (label.find()) {
      String value = unescaped(label.group(3));
      Object wanted =
          switch (label.group(2)) {
            case "=" -> value;
            case "!=" -> Map.of("not", value);
            case "=~" -> Map.of("regex", "^(?:" + value + ")$");
            default -> Map.of("not", Map.of("regex", "^(?:" + value + ")$"));
          };
      match.put(field(label.group(1)), wanted);
    }
    return match;
  }

  private static List<String> fields(Matcher matcher) {
    String by = matcher.group("by") == null ? matcher.group("after") : matcher.group("by");
    Set<String> fields = new LinkedHashSet<>();
    for (String label : (by == null ? "" : by).split("[ ,]+", -1)) {
      if (!label.isEmpty()) {
        fields.add(field(label));
      }
    }
    return List.copyOf(fields);
  }

  /** Where a label stands in a record. */
  static String field(String label) {
    return FIELDS.getOrDefault(label, "meta." + label);
  }

  /** The labels that a template names. */
  static Set<String> labelsOf(String template) {
    Set<String> labels = new LinkedHashSet<>();
    Matcher named = NAMED.matcher(template);
    while (named.find()) {
      labels.add(named.group(1));
    }
    return labels;
  }

  /** {@code 1h30m} as {@code 90m}; null for what is no duration. */
  static @Nullable String duration(String text) {
    if (!text.matches("(\\d+(ms|s|m|h|d|w|y))+")) {
      return null;
    }
    Duration length = Duration.ZERO;
    Matcher part = LENGTH.matcher(text);
    while (part.find()) {
      long amount = Long.parseLong(part.group(1));
      length =
          length.plus(
              part.group(2).equals("y")
                  ? Duration.ofDays(365 * amount)
                  : Durations.parse(amount + part.group(2)));
    }
    return Durations.format(length);
  }

  private static String unescaped(String text) {
    return text.replace("\\\"", "\"").replace("\\\\", "\\");
  }

  private static Map<String, Object> ordered(String one, Object a, String other, Object b) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(one, a);
    map.put(other, b);
    return map;
  }
}
