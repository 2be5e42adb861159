package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.Origin;
import io.tocsin.alerting.rule.Selection;
import io.tocsin.event.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which rules may see a record, in their order, and what of each is still to be tested. Most rules
 * name a level, a service, an event or a kind, and few combinations of these make up nearly all
 * records; so what rules say of them is tested once for each combination.
 */
final class RuleIndex {

  /** Of so many combinations the answer is known; then all are forgotten. */
  private static final int MOST = 1024;

  private static final int LONGEST_TEXT = 100;

  /** A rule, and what must be true of the fields that are not in the index. */
  record Candidate(RuleWatch watch, Selection rest) {}

  private record Key(
      Origin origin,
      @Nullable Object level,
      @Nullable Object service,
      @Nullable Object event,
      @Nullable Object kind) {

    static Key of(EventRecord record) {
      Map<String, @Nullable Object> fields = record.fields();
      return new Key(
          record.origin(),
          fields.get("level"),
          fields.get("service"),
          fields.get("event"),
          fields.get("kind"));
    }

    Map<String, @Nullable Object> known() {
      Map<String, @Nullable Object> known = new HashMap<>();
      known.put("level", level);
      known.put("service", service);
      known.put("event", event);
      known.put("kind", kind);
      return known;
    }

    boolean isWorthKeeping() {
      return isSmall(level) && isSmall(service) && isSmall(event) && isSmall(kind);
    }

    private static boolean isSmall(@Nullable Object value) {
      return switch (value) {
        case null -> true;
        case Level ignored -> true;
        case String text -> text.length() <= LONGEST_TEXT;
        default -> false;
      };
    }
  }

  private final List<RuleWatch> rules;
  private final Map<Key, List<Candidate>> known = new HashMap<>();

  RuleIndex(List<RuleWatch> rules) {
    this.rules = rules;
  }

  /** The rules that may see a record. */
  List<Candidate> candidates(EventRecord record) {
    Key key = Key.of(record);
    List<Candidate> found = known.get(key);
    if (found == null) {
      found = find(key);
      if (key.isWorthKeeping()) {
        if (known.size() == MOST) {
          known.clear();
        }
        known.put(key, found);
      }
    }
    return found;
  }

  private List<Candidate> find(Key key) {
    List<Candidate> found = new ArrayList<>();
    Map<String, @Nullable Object> fields = key.known();
    for (RuleWatch watch : rules) {
      if (watch.rule().from() == key.origin()) {
        Selection rest = watch.rule().seen().given(fields);
        if (rest != null) {
          found.add(new Candidate(watch, rest));
        }
      }
    }
    return found;
  }
}
