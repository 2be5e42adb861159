package io.tocsin.alerting.topology;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.FieldPath;
import io.tocsin.alerting.rule.Origin;
import io.tocsin.alerting.rule.Values;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rules whose groups meet on one shard by the same key. Every lane has an engine of its own on
 * every shard.
 *
 * <p>The records of a <em>home</em> lane are already partitioned as it needs them, by the key of
 * their topic; those of any other lane may have to travel.
 *
 * @param name what its state is kept under and its travelling records are marked with
 * @param fields what a record's shard key is made of
 */
record Lane(String name, Origin origin, List<FieldPath> fields) {

  private static final FieldPath SERVICE = FieldPath.of("service");
  private static final FieldPath DEVICE = FieldPath.of("device");

  /** The lane of the rules that need nothing but the key of their topic. */
  static Lane home(Origin origin) {
    return of(origin, List.of(topicKey(origin)));
  }

  /** The lane a rule belongs to. */
  static Lane of(AlertRule rule) {
    FieldPath key = topicKey(rule.from());
    boolean staysHome = rule.groupBy().contains(key) || Pins.of(rule.seen(), key).size() == 1;
    return staysHome ? home(rule.from()) : of(rule.from(), rule.groupBy());
  }

  private static Lane of(Origin origin, List<FieldPath> groupBy) {
    List<FieldPath> fields =
        groupBy.stream().sorted(Comparator.comparing(FieldPath::path)).toList();
    StringBuilder name = new StringBuilder(origin.name().toLowerCase(Locale.ROOT)).append("/by");
    fields.forEach(field -> name.append('/').append(field.path()));
    return new Lane(name.toString(), origin, fields);
  }

  private static FieldPath topicKey(Origin origin) {
    return switch (origin) {
      case LOGS -> SERVICE;
      case TELEMETRY -> DEVICE;
    };
  }

  boolean isHome() {
    return fields.equals(List.of(topicKey(origin)));
  }

  /** What a record is sharded by on this lane; empty when it lacks a field and so has no group. */
  Optional<String> keyOf(Map<String, ?> record) {
    return key(field -> field.in(record));
  }

  /**
   * What a group that {@code rule} waits for is sharded by; the rule's own pins stand in for what
   * it does not group by.
   */
  Optional<String> keyOf(AlertRule rule, Map<String, ?> group) {
    return key(
        field -> {
          Object value = group.get(field.path());
          return value != null
              ? value
              : Pins.of(rule.seen(), field).stream().findFirst().orElse(null);
        });
  }

  private interface Lookup {
    @Nullable Object of(FieldPath field);
  }

  private Optional<String> key(Lookup lookup) {
    if (isHome()) {
      // Exactly the record's key, so that it finds its shard as Kafka's producer found it.
      return Optional.ofNullable(lookup.of(fields.getFirst())).map(Values::text);
    }
    StringBuilder key = new StringBuilder(name);
    for (FieldPath field : fields) {
      Object value = lookup.of(field);
      if (value == null) {
        return Optional.empty();
      }
      key.append('\u001f').append(Values.text(value));
    }
    return Optional.of(key.toString());
  }
}
