package io.tocsin.alerting.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

  /**
   * What is left to be tested of records of which some fields are known; null when none of them is
   * one of these, {@link #ALL} when nothing is left.
   *
   * @param known top-level fields with their values, null for one that is not there
   */
  public @Nullable Selection given(Map<String, ?> known) {
    List<FieldMatch> fieldsLeft = new ArrayList<>();
    for (FieldMatch field : fields) {
      if (!known.containsKey(field.field().path())) {
        fieldsLeft.add(field);
      } else if (!field.matcher().test(known.get(field.field().path()))) {
        return null;
      }
    }
    List<Selection> anyLeft = given(anyOf, known);
    List<Selection> noneLeft = given(noneOf, known);
    boolean anySurely = anyLeft.contains(ALL);
    if ((anyLeft.isEmpty() && !anyOf.isEmpty()) || noneLeft.contains(ALL)) {
      return null;
    }
    return new Selection(fieldsLeft, anySurely ? List.of() : anyLeft, noneLeft);
  }

  private static List<Selection> given(List<Selection> selections, Map<String, ?> known) {
    return selections.stream().map(each -> each.given(known)).filter(Objects::nonNull).toList();
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
