package io.tocsin.agent.parse;

import io.tocsin.event.FlatJson;
import java.util.ArrayList;
import java.util.List;

/**
 * Which fields of a JSON object are those of the schema, and which go into meta: the same for all
 * that have the same fields in the same order.
 *
 * @param ts the field's number, as those of the others; -1 for none
 * @param meta those that go into meta
 */
record FieldRoles(int ts, int level, int service, int event, int message, List<Run> meta) {

  private static final int ABSENT = -1;

  static final FieldRoles NONE = new FieldRoles(ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, List.of());

  /** Neighbours, from the first to the last. */
  record Run(int first, int last) {}

  /** The names each is looked for under, in this order; a field that was found is found no more. */
  record Names(
      List<FlatJson.Name> ts,
      List<FlatJson.Name> level,
      List<FlatJson.Name> service,
      List<FlatJson.Name> event,
      List<FlatJson.Name> message) {

    static Names of(FieldNames fields) {
      return new Names(
          names(fields.tsNames()),
          names(fields.levelNames()),
          names(fields.serviceNames()),
          names(fields.eventNames()),
          names(fields.messageNames()));
    }

    private static List<FlatJson.Name> names(List<String> names) {
      return names.stream().map(FlatJson.Name::new).toList();
    }
  }

  /** Those of the object that was scanned last. */
  static FieldRoles of(FlatJson json, Names names) {
    boolean[] taken = new boolean[json.count()];
    return new FieldRoles(
        take(json, names.ts(), taken),
        take(json, names.level(), taken),
        take(json, names.service(), taken),
        take(json, names.event(), taken),
        take(json, names.message(), taken),
        runs(taken));
  }

  private static int take(FlatJson json, List<FlatJson.Name> names, boolean[] taken) {
    for (FlatJson.Name name : names) {
      int field = json.find(name);
      if (field != ABSENT && !taken[field]) {
        taken[field] = true;
        return field;
      }
    }
    return ABSENT;
  }

  private static List<Run> runs(boolean[] taken) {
    List<Run> runs = new ArrayList<>();
    int first = 0;
    for (int field = 0; field < taken.length; field++) {
      if (taken[field]) {
        first = field + 1;
      } else if (field + 1 == taken.length || taken[field + 1]) {
        runs.add(new Run(first, field));
      }
    }
    return List.copyOf(runs);
  }
}
