package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.Matcher;
import io.tocsin.alerting.rule.Origin;
import io.tocsin.alerting.rule.Selection;
import io.tocsin.alerting.rule.Selection.FieldMatch;
import io.tocsin.event.Level;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rules may see a record, by its origin, level and service, in the rules' order. A rule that
 * says nothing of a service stands under each; whether it sees the record is still to be tested.
 */
final class RuleIndex {

  /** One origin and level. */
  private record Shelf(Map<String, List<RuleWatch>> byService, List<RuleWatch> anyService) {}

  /** An origin's shelves: one for each level, one for records without a known level. */
  private record Origins(Map<Level, Shelf> byLevel, Shelf unknownLevel) {}

  private final Map<Origin, Origins> origins = new EnumMap<>(Origin.class);

  RuleIndex(List<RuleWatch> rules) {
    for (Origin origin : Origin.values()) {
      Map<Level, Shelf> byLevel = new EnumMap<>(Level.class);
      for (Level level : Level.values()) {
        byLevel.put(level, shelf(rules, origin, level));
      }
      origins.put(origin, new Origins(byLevel, shelf(rules, origin, null)));
    }
  }

  /** The rules that may see a record. */
  List<RuleWatch> candidates(EventRecord record) {
    Origins ofOrigin = Objects.requireNonNull(origins.get(record.origin()));
    Shelf shelf =
        record.fields().get("level") instanceof Level known
            ? Objects.requireNonNull(ofOrigin.byLevel.get(known))
            : ofOrigin.unknownLevel;
    Object service = record.fields().get("service");
    if (service instanceof String text) {
      List<RuleWatch> own = shelf.byService.get(text);
      return own == null ? shelf.anyService : own;
    }
    return shelf.anyService;
  }

  private static Shelf shelf(List<RuleWatch> rules, Origin origin, @Nullable Level level) {
    List<RuleWatch> fitting =
        rules.stream()
            .filter(watch -> watch.rule().from() == origin && takes(watch.rule().seen(), level))
            .toList();
    Set<String> services = new HashSet<>();
    fitting.forEach(watch -> services(watch).ifPresent(services::addAll));
    Map<String, List<RuleWatch>> byService = new HashMap<>();
    for (String service : services) {
      byService.put(
          service,
          fitting.stream()
              .filter(watch -> services(watch).map(own -> own.contains(service)).orElse(true))
              .toList());
    }
    return new Shelf(
        byService, fitting.stream().filter(watch -> services(watch).isEmpty()).toList());
  }

  private static boolean takes(Selection selection, @Nullable Level level) {
    return selection.fields().stream()
        .filter(field -> field.field().isLevel())
        // A level that is unknown may still be text that a rule looks into.
        .allMatch(field -> level == null || field.matcher().test(level));
  }

  /** The services a rule names; empty when it may take records of any. */
  private static Optional<Set<String>> services(RuleWatch watch) {
    for (FieldMatch field : watch.rule().seen().fields()) {
      if (field.field().path().equals("service")) {
        Optional<Set<String>> named = texts(field.matcher());
        if (named.isPresent()) {
          return named;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Set<String>> texts(Matcher matcher) {
    return switch (matcher) {
      case Matcher.Equal(String text) -> Optional.of(Set.of(text));
      case Matcher.AnyOf(List<Matcher> matchers) -> {
        List<Optional<Set<String>>> parts = matchers.stream().map(RuleIndex::texts).toList();
        Set<String> all = new HashSet<>();
        parts.forEach(part -> part.ifPresent(all::addAll));
        yield parts.stream().allMatch(Optional::isPresent) ? Optional.of(all) : Optional.empty();
      }
      default -> Optional.empty();
    };
  }
}
