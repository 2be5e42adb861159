package io.tocsin.alerting.topology;

import io.tocsin.alerting.rule.FieldPath;
import io.tocsin.alerting.rule.Matcher;
import io.tocsin.alerting.rule.Selection;
import io.tocsin.alerting.rule.Values;
import java.util.LinkedHashSet;
import java.util.Set;

/** The only values that a selection lets a field have, where it names them. */
final class Pins {

  private Pins() {}

  /** The values, as text; empty when the selection leaves the field open. */
  static Set<String> of(Selection selection, FieldPath field) {
    for (Selection.FieldMatch match : selection.fields()) {
      if (match.field().path().equals(field.path())) {
        Set<String> pins = new LinkedHashSet<>();
        if (collect(match.matcher(), pins)) {
          return pins;
        }
      }
    }
    return Set.of();
  }

  /** False when the matcher also lets other values through. */
  private static boolean collect(Matcher matcher, Set<String> pins) {
    return switch (matcher) {
      case Matcher.Equal equal -> {
        pins.add(Values.text(equal.operand()));
        yield true;
      }
      case Matcher.AnyOf anyOf -> anyOf.matchers().stream().allMatch(each -> collect(each, pins));
      case Matcher.AllOf ignored -> false;
      case Matcher.Not ignored -> false;
      case Matcher.Contains ignored -> false;
      case Matcher.Regex ignored -> false;
      case Matcher.Compare ignored -> false;
      case Matcher.Exists ignored -> false;
    };
  }
}
