package io.tocsin.alerting.rule;

import io.tocsin.alerting.rule.Gathering.Part;
import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.event.Alert.Severity;
import io.tocsin.event.inhibit.Inhibition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one rule. */
final class RuleReader {

  static final List<String> KEYS = new ArrayList<>();

  static {
    KEYS.addAll(List.of("name", "severity", "from", "match", "group-by"));
    KEYS.addAll(KindReader.KINDS);
    KEYS.addAll(KindReader.COMPANIONS);
    KEYS.addAll(
        List.of("for", "resolve-after", "inhibited-by", "summary", "labels", "annotations"));
  }

  private static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";
  private static final Duration NEW_RESOLVES_AFTER = Duration.ofHours(1);

  private final ConfigNode node;
  private final Gathering gathering = new Gathering();

  private RuleReader(ConfigNode node) {
    this.node = node;
  }

  static AlertRule read(ConfigNode node) {
    return new RuleReader(node).read();
  }

  private AlertRule read() {
    gathering.read(
        () -> {
          gathering.addAll(node.unknownKeys(KEYS));
          return true;
        });
    if (!node.isMap()) {
      gathering.check();
    }
    Part<String> name = gathering.read(this::name);
    Part<Severity> severity =
        optional("severity", Severity.MEDIUM, value -> value.as(Severity.class));
    Part<Origin> from = optional("from", Origin.LOGS, value -> value.as(Origin.class));
    Part<Selection> match = optional("match", Selection.ALL, SelectionReader::read);
    Part<List<FieldPath>> groupBy = optional("group-by", List.of(), RuleReader::fields);
    Part<Kind> kind = gathering.read(() -> KindReader.read(node, groupByNames()));
    Part<Span> holdsFor = optional("for", Span.of(Duration.ZERO), Scalars::span);
    Part<List<Span>> resolveAfter =
        optional("resolve-after", List.of(), value -> List.of(Scalars.span(value)));
    Part<List<String>> inhibitedBy = optional("inhibited-by", List.of(), this::inhibitedBy);
    Part<String> summary = optional("summary", "", Scalars::text);
    Part<Map<String, String>> labels = optional("labels", Map.of(), Scalars::textMap);
    Part<Map<String, String>> annotations =
        optional("annotations", Map.of(), RuleReader::annotations);
    gathering.check();
    return new AlertRule(
        name.get(),
        severity.get(),
        from.get(),
        match.get(),
        groupBy.get(),
        kind.get(),
        holdsFor.get().length(),
        resolveAfter(kind.get(), resolveAfter.get()),
        inhibitedBy.get(),
        summary.get().isEmpty() ? name.get() : summary.get(),
        labels.get(),
        annotations.get(),
        1,
        written());
  }

  private String name() {
    ConfigNode at = node.get("name").orElseThrow(() -> node.missing("name", "name every rule"));
    String name = at.text();
    if (!name.matches(NAME)) {
      throw at.invalid("must be in kebab-case", "such as api-error-burst");
    }
    return name;
  }

  private List<String> inhibitedBy(ConfigNode at) {
    List<String> names = Scalars.texts(at);
    String own = node.get("name").filter(ConfigNode::isScalar).map(ConfigNode::text).orElse("");
    for (String name : names) {
      if (!name.matches(NAME)) {
        throw at.invalid("must be names of rules", "in kebab-case, such as service-down");
      }
      if (name.equals(own)) {
        throw at.invalid("names the rule itself", "a rule cannot keep itself from being told");
      }
    }
    return names;
  }

  private static Map<String, String> annotations(ConfigNode at) {
    at.get(Inhibition.ANNOTATION)
        .ifPresent(
            taken -> {
              throw taken.invalid(
                  "is an annotation of Tocsin's own", "write it beside annotations");
            });
    return Scalars.textMap(at);
  }

  private <T> Part<T> optional(String key, T otherwise, Function<ConfigNode, T> reader) {
    return gathering.read(
        () -> node.get(key).filter(at -> !at.isNull()).map(reader).orElse(otherwise));
  }

  private static List<FieldPath> fields(ConfigNode node) {
    return Scalars.texts(node).stream().map(path -> Scalars.field(node, path)).toList();
  }

  /** For the kind's own reading: empty when the group-by itself is a problem. */
  private List<String> groupByNames() {
    ConfigNode given = node.get("group-by").filter(at -> !at.isNull()).orElse(null);
    return given == null ? List.of() : Scalars.texts(given);
  }

  private static Duration resolveAfter(Kind kind, List<Span> given) {
    return switch (kind) {
      case Kind.Consecutive ignored -> Duration.ZERO; // a record that does not match resolves
      case Kind k when !given.isEmpty() -> given.getFirst().length();
      case Kind.New ignored -> NEW_RESOLVES_AFTER;
      case Kind.Absent ignored -> Duration.ZERO;
      case Kind k -> k.window().map(Span::length).orElse(Duration.ZERO);
    };
  }

  @SuppressWarnings("unchecked")
  private Map<String, @Nullable Object> written() {
    return (Map<String, @Nullable Object>) Objects.requireNonNull(node.plain());
  }
}
