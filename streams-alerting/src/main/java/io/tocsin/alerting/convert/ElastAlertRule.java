package io.tocsin.alerting.convert;

import io.tocsin.bootstrap.config.Durations;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A rule file of ElastAlert 2: one rule. */
final class ElastAlertRule {

  private static final String WITHIN = "within";

  /** What a rule says here, or need not say. Everything else is named. */
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "name",
          "type",
          "index",
          "filter",
          "num_events",
          "timeframe",
          "query_key",
          "threshold",
          "max_cardinality",
          "cardinality_field",
          "fields",
          "terms_window_size",
          "compare_key",
          "blacklist",
          "whitelist",
          "ignore_null",
          "metric_agg_key",
          "metric_agg_type",
          "max_threshold",
          "min_threshold",
          "buffer_time",
          "match_bucket_filter",
          "max_percentage",
          "min_denominator",
          "spike_height",
          "spike_type",
          "description",
          "priority",
          "is_enabled",
          "timestamp_field",
          "timestamp_type",
          "doc_type",
          "use_count_query",
          "use_terms_query",
          "use_strftime_index",
          "run_every",
          "min_doc_count",
          "query_delay",
          "generate_kibana_discover_url");

  private static final Map<String, String> SEVERITIES =
      Map.of("1", "high", "2", "medium", "3", "low", "4", "low");

  private final Map<String, @Nullable Object> rule;
  private final Draft draft;

  private ElastAlertRule(Map<String, @Nullable Object> rule, String file) {
    this.rule = rule;
    this.draft = new Draft(rule.get("name") == null ? file : text("name"));
  }

  static Draft read(@Nullable Object root, String file) {
    return new ElastAlertRule(Parts.map(root), file).read();
  }

  private Draft read() {
    String severity = SEVERITIES.get(text("priority"));
    if (severity != null) {
      draft.put("severity", severity);
    }
    Map<String, Object> match = ElastAlertFilter.read(rule.get("filter"), draft);
    List<String> groups = new ArrayList<>();
    Parts.list(rule.get("query_key")).forEach(field -> groups.add(field(field)));
    kind(match);
    draft.putFilled("match", match).putFilled("group-by", groups);
    if (rule.get("description") != null) {
      draft.put("summary", text("description"));
    }
    Set<String> others = new TreeSet<>(rule.keySet());
    others.removeAll(UNDERSTOOD);
    if (!others.isEmpty()) {
      draft.differs(
          "left out, since who is told, and how often, stands in the notifier's routes: "
              + String.join(", ", others));
    }
    return draft;
  }

  private void kind(Map<String, Object> match) {
    switch (text("type")) {
      case "any" -> {
        draft.put("count", 1).put(WITHIN, "1m");
        draft.differs("it rings once until there was none for two minutes, not for every record");
      }
      case "frequency" -> draft.put("count", number("num_events")).put(WITHIN, timeframe());
      case "flatline" -> flatline();
      case "cardinality" -> cardinality();
      case "new_term" -> newTerm();
      case "blacklist" -> listed(match, rule.get("blacklist"));
      case "whitelist" -> listed(match, Map.of("not", Parts.list(rule.get("whitelist"))));
      case "metric_aggregation" -> aggregation();
      case "percentage_match" -> percentage(match);
      case "spike_aggregation" -> spike();
      default -> draft.refuse("its type has no counterpart: " + text("type"));
    }
  }

  private void flatline() {
    if (!text("threshold").equals("1")) {
      draft.refuse("only a threshold of 1 is an absence; fewer than so many is not to be said");
    }
    draft.put("absent-for", timeframe());
  }

  private void cardinality() {
    if (rule.get("max_cardinality") == null) {
      draft.refuse("too few different values are not to be said, only too many");
      return;
    }
    long least = Long.parseLong(number("max_cardinality").toString()) + 1;
    draft.put("distinct", ordered("of", field(rule.get("cardinality_field")), "at-least", least));
    draft.put(WITHIN, timeframe());
  }

  private void newTerm() {
    List<?> fields = Parts.list(rule.get("fields"));
    if (fields.size() != 1) {
      draft.refuse("a rule watches the new values of one field");
      return;
    }
    String learn = length(rule.get("terms_window_size"), Duration.ofDays(30));
    draft.put("new", ordered("of", field(fields.getFirst()), "learn", learn));
    draft.differs("it learns from when it begins to run, not from the past");
  }

  private void listed(Map<String, Object> match, @Nullable Object values) {
    Object wanted = values instanceof Map ? values : List.copyOf(Parts.list(values));
    match.put(field(rule.get("compare_key")), wanted);
    draft.put("count", 1).put(WITHIN, "1m");
    draft.differs("it rings once until there was none for two minutes, not for every record");
  }

  private void aggregation() {
    boolean above = rule.get("max_threshold") != null;
    if (above == (rule.get("min_threshold") != null)) {
      draft.refuse("a rule has one bound: make one for each of max_threshold and min_threshold");
      return;
    }
    Map<String, Object> aggregate =
        ordered(
            text("metric_agg_type"),
            field(rule.get("metric_agg_key")),
            above ? "above" : "below",
            number(above ? "max_threshold" : "min_threshold"));
    draft.put("aggregate", aggregate);
    draft.put(WITHIN, length(rule.get("buffer_time"), Duration.ofMinutes(15)));
  }

  private void percentage(Map<String, Object> match) {
    if (rule.get("max_percentage") == null || rule.get("min_percentage") != null) {
      draft.refuse("only more than a share is to be said, not less");
      return;
    }
    draft.put("among", new LinkedHashMap<>(match));
    match.putAll(ElastAlertFilter.read(rule.get("match_bucket_filter"), draft));
    Map<String, Object> ratio = new LinkedHashMap<>();
    ratio.put("above", new BigDecimal(number("max_percentage").toString()).movePointLeft(2));
    if (rule.get("min_denominator") != null) {
      ratio.put("at-least", number("min_denominator"));
    }
    draft.put("ratio", ratio).put(WITHIN, length(rule.get("buffer_time"), Duration.ofMinutes(15)));
  }

  private void spike() {
    BigDecimal height = new BigDecimal(number("spike_height").toString());
    boolean up = text("spike_type").equals("up");
    if (!text("metric_agg_type").equals("avg") || (!up && !text("spike_type").equals("down"))) {
      draft.refuse("only the rise or fall of an average is to be said");
      return;
    }
    BigDecimal by =
        up
            ? height.subtract(BigDecimal.ONE)
            : BigDecimal.ONE.subtract(BigDecimal.ONE.divide(height, 4, RoundingMode.HALF_UP));
    String field = field(rule.get("metric_agg_key"));
    Map<String, Object> deviation = ordered("of", field, up ? "above" : "below", by);
    deviation.put("baseline", timeframe());
    draft.put("deviation", deviation).put(WITHIN, timeframe());
  }

  private String timeframe() {
    if (rule.get("timeframe") == null) {
      draft.refuse("it has no timeframe");
    }
    return length(rule.get("timeframe"), Duration.ofMinutes(1));
  }

  /** {@code { hours: 1, minutes: 30 }} as {@code 90m}. */
  private static String length(@Nullable Object value, Duration otherwise) {
    Duration length = Duration.ZERO;
    for (Map.Entry<String, String> part : Parts.texts(value).entrySet()) {
      BigDecimal seconds =
          switch (part.getKey()) {
            case "weeks" -> BigDecimal.valueOf(604_800);
            case "days" -> BigDecimal.valueOf(86_400);
            case "hours" -> BigDecimal.valueOf(3_600);
            case "minutes" -> BigDecimal.valueOf(60);
            case "seconds" -> BigDecimal.ONE;
            default -> BigDecimal.ZERO;
          };
      length =
          length.plusMillis(
              seconds.multiply(new BigDecimal(part.getValue())).movePointRight(3).longValue());
    }
    return Durations.format(length.isZero() ? otherwise : length);
  }

  private Object number(String key) {
    Object value = rule.get(key);
    if (value instanceof Number number) {
      return number;
    }
    draft.refuse(key + " is no number");
    return 1;
  }

  private String text(String key) {
    Object value = rule.get(key);
    return value == null ? "" : value.toString();
  }

  private static String field(@Nullable Object name) {
    return ElastAlertFilter.field(String.valueOf(name));
  }

  private static Map<String, Object> ordered(String one, Object a, String other, Object b) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(one, a);
    map.put(other, b);
    return map;
  }
}
