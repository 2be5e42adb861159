package io.tocsin.notifier.pipeline;

import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Status;
import io.tocsin.event.inhibit.Inhibition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What fires, and what fired within the last hour: enough to know which alerts are not to be told
 * because of others. Thread-safe.
 */
final class FiringAlerts {

  /** Of what resolved longer ago than this before the latest transition nothing is known. */
  static final Duration REMEMBERED = Duration.ofHours(1);

  private static final int FORGET_FROM = 1_000;

  /** From when to when it fires; up to, not including, {@code to}. */
  private record Spell(Alert alert, Instant from, Instant to) {

    boolean contains(Instant at) {
      return !at.isBefore(from) && at.isBefore(to);
    }
  }

  private final Map<String, Map<String, Spell>> byRule = new ConcurrentHashMap<>();
  private int resolved;
  private volatile long version;

  /** A transition, those of one alert in their order. */
  synchronized void take(Alert alert) {
    Map<String, Spell> spells =
        byRule.computeIfAbsent(alert.rule(), rule -> new ConcurrentHashMap<>());
    if (alert.status() == Status.FIRING) {
      spells.put(alert.fingerprint(), new Spell(alert, alert.at(), Instant.MAX));
    } else {
      Spell begun = spells.get(alert.fingerprint());
      // Where only the resolve is known, its event time stands for the time of the firing.
      Instant from =
          begun != null && begun.alert().episode().equals(alert.episode())
              ? begun.from()
              : alert.startsAt();
      spells.put(alert.fingerprint(), new Spell(alert, from, alert.at()));
      forgetOld(alert.at().minus(REMEMBERED));
    }
    version++;
  }

  /** Nothing is known of this alert any more. */
  synchronized void forget(String fingerprint) {
    byRule.values().forEach(spells -> spells.remove(fingerprint));
    version++;
  }

  private void forgetOld(Instant horizon) {
    if (++resolved >= FORGET_FROM) {
      resolved = 0;
      byRule.values().forEach(s -> s.values().removeIf(spell -> spell.to().isBefore(horizon)));
    }
  }

  /** Another one whenever something has changed. */
  long version() {
    return version;
  }

  /** Whether something fires that keeps this alert from being told. */
  boolean inhibit(Alert effect) {
    return causes(effect).anyMatch(spell -> spell.to().equals(Instant.MAX));
  }

  /** Whether something kept this alert from being told without a gap, to the end inclusive. */
  boolean cover(Alert effect, Instant from, Instant to) {
    Instant at = from;
    while (!at.isAfter(to)) {
      Instant reached = at;
      Instant end =
          causes(effect)
              .filter(spell -> spell.contains(reached))
              .map(Spell::to)
              .max(Instant::compareTo)
              .orElse(at);
      if (end.equals(at)) {
        return false;
      }
      at = end;
    }
    return true;
  }

  private Stream<Spell> causes(Alert effect) {
    return Inhibition.rulesOver(effect).stream()
        .map(rule -> byRule.getOrDefault(rule, Map.of()).values())
        .flatMap(Collection::stream)
        .filter(spell -> Inhibition.binds(spell.alert(), effect));
  }
}
