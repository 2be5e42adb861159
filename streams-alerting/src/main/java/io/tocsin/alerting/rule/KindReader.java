package io.tocsin.alerting.rule;

import io.tocsin.alerting.rule.Gathering.Part;
import io.tocsin.alerting.rule.Kind.Side;
import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.Problem;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Reads the one kind of a rule, with the keys that stand beside it. */
final class KindReader {

  /** The kinds, each with the keys beside it. */
  private static final Map<String, List<String>> BESIDE = new LinkedHashMap<>();

  static {
    BESIDE.put("count", List.of("within"));
    BESIDE.put("distinct", List.of("within"));
    BESIDE.put("consecutive", List.of("among"));
    BESIDE.put("ratio", List.of("among", "within"));
    BESIDE.put("aggregate", List.of("within"));
    BESIDE.put("deviation", List.of("within"));
    BESIDE.put("absent-for", List.of("expect"));
    BESIDE.put("change", List.of());
    BESIDE.put("new", List.of());
  }

  static final List<String> KINDS = List.copyOf(BESIDE.keySet());
  static final List<String> COMPANIONS = List.of("within", "among", "expect");

  private static final List<String> FUNCTIONS =
      List.of("avg", "min", "max", "sum", "p50", "p95", "p99");
  private static final List<String> SIDES = List.of("above", "below");

  private final ConfigNode rule;
  private final ConfigNode body;
  private final Gathering gathering = new Gathering();

  private KindReader(ConfigNode rule, ConfigNode body) {
    this.rule = rule;
    this.body = body;
  }

  /** The kind of a rule whose groups are of these fields. */
  static Kind read(ConfigNode rule, List<String> groupBy) {
    List<String> given = KINDS.stream().filter(kind -> rule.get(kind).isPresent()).toList();
    if (given.size() != 1) {
      String what = given.isEmpty() ? "no kind" : "two kinds: " + String.join(" and ", given);
      String remedy = "give exactly one of " + String.join(", ", KINDS);
      throw rule.invalid("has " + what, remedy);
    }
    String kind = given.getFirst();
    KindReader reader = new KindReader(rule, rule.get(kind).orElseThrow());
    reader.refuseStrangers(kind);
    return reader.read(kind, groupBy);
  }

  private void refuseStrangers(String kind) {
    for (String companion : COMPANIONS) {
      if (!BESIDE.getOrDefault(kind, List.of()).contains(companion)) {
        rule.get(companion)
            .ifPresent(
                node ->
                    gathering.add(
                        new Problem(
                            node.file(),
                            node.line(),
                            node.key(),
                            node.isScalar() && !node.isNull() ? node.text() : null,
                            "does not go with " + kind,
                            "remove it")));
      }
    }
  }

  private Kind read(String kind, List<String> groupBy) {
    return switch (kind) {
      case "count" -> count();
      case "distinct" -> distinct();
      case "consecutive" -> consecutive();
      case "ratio" -> ratio();
      case "aggregate" -> aggregate();
      case "deviation" -> deviation();
      case "absent-for" -> absent(groupBy);
      case "change" -> change();
      case "new" -> fresh();
      default -> throw new IllegalStateException(kind);
    };
  }

  private Kind count() {
    Part<Long> atLeast = gathering.read(() -> Scalars.count(body));
    Part<Span> within = beside("within", Scalars::window);
    gathering.check();
    return new Kind.Count(atLeast.get(), within.get());
  }

  private Kind distinct() {
    keys("of", "at-least");
    Part<FieldPath> of = within("of", Scalars::field);
    Part<Long> atLeast = within("at-least", Scalars::count);
    Part<Span> within = beside("within", Scalars::window);
    gathering.check();
    return new Kind.Distinct(of.get(), atLeast.get(), within.get());
  }

  private Kind consecutive() {
    Part<Long> times = gathering.read(() -> Scalars.count(body));
    Part<Selection> among = beside("among", SelectionReader::read);
    gathering.check();
    return new Kind.Consecutive(times.get(), among.get());
  }

  private Kind ratio() {
    keys("above", "at-least");
    Part<BigDecimal> above = within("above", node -> Scalars.share(node, BigDecimal.ONE));
    Part<Long> atLeast = atLeastOrOne();
    Part<Selection> among = beside("among", SelectionReader::read);
    Part<Span> within = beside("within", Scalars::window);
    gathering.check();
    return new Kind.Ratio(above.get(), atLeast.get(), among.get(), within.get());
  }

  private Kind aggregate() {
    List<String> known = new ArrayList<>(FUNCTIONS);
    known.addAll(List.of("above", "below", "at-least"));
    keys(known.toArray(String[]::new));
    Part<String> function = gathering.read(() -> oneOf(FUNCTIONS));
    Part<FieldPath> of =
        gathering.read(() -> Scalars.field(body.get(oneOf(FUNCTIONS)).orElseThrow()));
    Part<String> side = gathering.read(() -> oneOf(SIDES));
    Part<BigDecimal> bound =
        gathering.read(() -> Scalars.number(body.get(oneOf(SIDES)).orElseThrow()));
    Part<Long> atLeast = atLeastOrOne();
    Part<Span> within = beside("within", Scalars::window);
    gathering.check();
    return new Kind.Aggregate(
        Kind.Function.valueOf(function.get().toUpperCase(Locale.ROOT)),
        of.get(),
        sideOf(side.get()),
        bound.get(),
        atLeast.get(),
        within.get());
  }

  private Kind deviation() {
    keys("of", "above", "below", "baseline", "at-least");
    Part<FieldPath> of = within("of", Scalars::field);
    Part<String> side = gathering.read(() -> oneOf(SIDES));
    Part<BigDecimal> by =
        gathering.read(() -> Scalars.share(body.get(oneOf(SIDES)).orElseThrow(), null));
    Part<Span> baseline = within("baseline", Scalars::window);
    Part<Long> atLeast = atLeastOrOne();
    Part<Span> within = beside("within", Scalars::window);
    gathering.check();
    return new Kind.Deviation(
        of.get(), sideOf(side.get()), by.get(), baseline.get(), atLeast.get(), within.get());
  }

  private Kind absent(List<String> groupBy) {
    Part<Span> after = gathering.read(() -> Scalars.window(body));
    Part<List<Map<String, Object>>> expect =
        gathering.read(
            () ->
                rule.get("expect").map(node -> ExpectReader.read(node, groupBy)).orElse(List.of()));
    gathering.check();
    return new Kind.Absent(after.get(), expect.get());
  }

  private Kind change() {
    keys("of", "to", "from");
    Part<FieldPath> of = within("of", Scalars::field);
    Part<Object> to = within("to", Scalars::value);
    Part<List<Object>> from =
        gathering.read(() -> body.get("from").map(Scalars::value).stream().toList());
    gathering.check();
    return new Kind.Change(of.get(), to.get(), from.get().isEmpty() ? null : from.get().getFirst());
  }

  private Kind fresh() {
    keys("of", "learn");
    Part<FieldPath> of = within("of", Scalars::field);
    Part<Span> learn =
        gathering.read(() -> body.get("learn").map(Scalars::span).orElse(Span.of(Duration.ZERO)));
    gathering.check();
    return new Kind.New(of.get(), learn.get());
  }

  private void keys(String... known) {
    gathering.read(
        () -> {
          gathering.addAll(body.unknownKeys(List.of(known)));
          return true;
        });
    if (!body.isMap()) {
      gathering.check();
    }
  }

  private <T> Part<T> within(String key, Function<ConfigNode, T> reader) {
    return gathering.read(
        () -> reader.apply(body.get(key).orElseThrow(() -> body.missing(key, ""))));
  }

  private <T> Part<T> beside(String key, Function<ConfigNode, T> reader) {
    return gathering.read(
        () -> reader.apply(rule.get(key).orElseThrow(() -> rule.missing(key, ""))));
  }

  private Part<Long> atLeastOrOne() {
    return gathering.read(() -> body.get("at-least").map(Scalars::count).orElse(1L));
  }

  private String oneOf(List<String> keys) {
    List<String> given = keys.stream().filter(key -> body.get(key).isPresent()).toList();
    if (given.size() != 1) {
      throw body.invalid("must have exactly one of " + String.join(", ", keys), "");
    }
    return given.getFirst();
  }

  private static Side sideOf(String key) {
    return key.equals("above") ? Side.ABOVE : Side.BELOW;
  }
}
