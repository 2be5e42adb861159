package io.tocsin.alerting.rule;

import java.util.List;
import java.util.Map;

/**
 * Which records: all fields match, at least one of {@code anyOf} does (when there are any) and none
 * of {@code noneOf}. Immutable.
 */
public record Selection(List<FieldMatch> fields, List<Selection> anyOf, List<Selection> noneOf) {

  /** Every record. */
  public static final Selection ALL = new Selection(List.of(), List.of(), List.of());

  /** A field and what its value must be. */
  public record FieldMatch(FieldPath field, Matcher matcher) {}

  /** Whether a record is one of these. */
  public boolean test(Map<String, ?> record) {
    for (int i = 0; i < fields.size(); i++) {
      FieldMatch field = fields.get(i);
      if (!field.matcher().test(field.field().in(record))) {
        return false;
      }
    }
    return (anyOf.isEmpty() || anyMatches(anyOf, record)) && !anyMatches(noneOf, record);
  }

  private static boolean anyMatches(List<Selection> selections, Map<String, ?> record) {
    for (int i = 0; i < selections.size(); i++) {
      if (selections.get(i).test(record)) {
        return true;
      }
    }
    return false;
  }
}
