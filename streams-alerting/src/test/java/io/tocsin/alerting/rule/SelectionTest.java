package io.tocsin.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rule.Selection.FieldMatch;
import io.tocsin.event.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SelectionTest {

  @Property(tries = 5000)
  void whatIsLeftOfASelectionAndWhatIsKnownAreTheWhole(
      @ForAll("selections") Selection selection, @ForAll("records") Map<String, Object> record) {
    // Given
    Map<String, Object> known = new HashMap<>();
    known.put("event", record.get("event"));
    known.put("level", record.get("level"));

    // When
    Selection left = selection.given(known);

    // Then
    Map<String, Object> unknown = new HashMap<>(record);
    unknown.keySet().removeAll(known.keySet());
    assertThat(left != null && left.test(unknown)).isEqualTo(selection.test(record));
  }

  @Provide
  Arbitrary<Map<String, Object>> records() {
    return Combinators.combine(
            Arbitraries.of("a", "b").injectNull(0.3),
            Arbitraries.of(Level.INFO, Level.ERROR).injectNull(0.2),
            Arbitraries.of("a", "b").injectNull(0.3),
            Arbitraries.of(1, 2).injectNull(0.3))
        .as(
            (event, level, message, number) -> {
              Map<String, Object> record = new HashMap<>();
              record.put("event", event);
              record.put("level", level);
              record.put("message", message);
              record.put("meta", number == null ? Map.of() : Map.of("event", number));
              return record;
            });
  }

  @Provide
  Arbitrary<Selection> selections() {
    return selections(2);
  }

  private static Arbitrary<Selection> selections(int depth) {
    Arbitrary<List<FieldMatch>> fields = matches().list().ofMaxSize(2);
    Arbitrary<List<Selection>> inner =
        depth == 0 ? Arbitraries.just(List.of()) : selections(depth - 1).list().ofMaxSize(2);
    return Combinators.combine(fields, inner, inner).as(Selection::new);
  }

  private static Arbitrary<FieldMatch> matches() {
    return Combinators.combine(
            Arbitraries.of("event", "level", "message", "meta.event"),
            Arbitraries.of(
                new Matcher.Equal("a"),
                new Matcher.Equal(1),
                new Matcher.Not(new Matcher.Equal("a")),
                new Matcher.Exists(false),
                new Matcher.Compare(Matcher.Operator.GTE, Level.ERROR),
                new Matcher.Contains("b")))
        .as((field, matcher) -> new FieldMatch(FieldPath.of(field), matcher));
  }
}
