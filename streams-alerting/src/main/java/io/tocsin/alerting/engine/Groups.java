package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.Values;
import io.tocsin.event.Alert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The groups of one rule, the longest untouched first; bounded. */
final class Groups {

  /** How many groups with open episodes are passed over in search of a quiet one to forget. */
  private static final int MOST_PASSED_OVER = 1000;

  private final RuleWatch watch;
  private final RuleSpace space;
  private final int most;
  private final Residents residents;
  private final Tally tally;
  private final LongConsumer forgotten;
  private final LinkedHashMap<Hash128, GroupRef> directory = new LinkedHashMap<>(16, 0.75f, true);

  Groups(RuleWatch watch, RuleSpace space, int most, Residents residents, Tally tally) {
    this.watch = watch;
    this.space = space;
    this.most = most;
    this.residents = residents;
    this.tally = tally;
    this.forgotten = n -> tally.valuesForgotten += n;
  }

  /** Finds the groups that the store holds, oldest first. */
  void restore(AlertRule rule, Timers timers) {
    record Saved(GroupRef ref, long clock) {}
    List<Saved> all = new ArrayList<>();
    space.forEach(
        space.key(Tag.GROUP),
        (key, value) -> {
          GroupRef ref = new GroupRef(watch, Hash128.read(key));
          ref.due = Group.dueOf(value, rule);
          ref.quiet = Group.isQuiet(value);
          all.add(new Saved(ref, Group.clockOf(value)));
        });
    all.sort(Comparator.comparingLong(Saved::clock));
    for (Saved saved : all) {
      directory.put(saved.ref.key, saved.ref);
      timers.update(saved.ref);
    }
    tally.groups += all.size();
  }

  /** Whether the rule has this group. */
  boolean has(Hash128 key) {
    return directory.containsKey(key);
  }

  /** The group of these values, made if need be; null when the rule can have no more. */
  @Nullable GroupRef of(GroupValues.Named named, AlertRule rule) {
    GroupRef ref = directory.get(named.identity());
    if (ref != null) {
      open(ref, rule);
      return ref;
    }
    if (directory.size() >= most && !forgetOne()) {
      tally.groupsForgotten++;
      return null;
    }
    Hash128 key = named.identity();
    GroupRef made = new GroupRef(watch, key);
    made.group = new Group(rule, space.group(key), named.values(), forgotten);
    directory.put(key, made);
    residents.touch(made);
    tally.groups++;
    return made;
  }

  /** The group itself, brought back from the store if need be. */
  Group open(GroupRef ref, AlertRule rule) {
    Group group = ref.group;
    if (group == null) {
      GroupSpace own = space.group(ref.key);
      byte[] saved = own.get(Tag.GROUP);
      if (saved == null) {
        throw new IllegalStateException("a group of rule " + rule.name() + " left the store");
      }
      group = new Group(rule, own, saved, forgotten);
      ref.group = group;
    }
    residents.touch(ref);
    return group;
  }

  private boolean forgetOne() {
    int passedOver = 0;
    for (Iterator<GroupRef> eldest = directory.values().iterator(); eldest.hasNext(); ) {
      GroupRef ref = eldest.next();
      if (ref.quiet) {
        eldest.remove();
        ref.due = Memory.NEVER;
        residents.remove(ref);
        space.group(ref.key).clear();
        tally.groups--;
        tally.groupsForgotten++;
        return true;
      }
      if (++passedOver > MOST_PASSED_OVER) {
        return false;
      }
    }
    return false;
  }

  /**
   * Forgets every group that has these values, as text, and hands out the firing transition of each
   * open episode.
   */
  void forget(Map<String, String> where, Consumer<Alert> open) {
    List<Hash128> found = new ArrayList<>();
    space.forEach(
        space.key(Tag.NAME),
        (key, value) -> {
          Map<String, @Nullable Object> values = Group.decodeValues(value);
          if (where.entrySet().stream().allMatch(each -> has(values, each))) {
            found.add(Hash128.read(key));
          }
        });
    for (Hash128 key : found) {
      GroupRef ref = directory.remove(key);
      if (ref != null) {
        ref.due = Memory.NEVER;
        residents.remove(ref);
        tally.groups--;
      }
      byte[] episode = space.group(key).get(Tag.EPISODE);
      if (episode != null) {
        open.accept(Group.decodeEpisode(episode));
      }
      space.group(key).clear();
    }
  }

  private static boolean has(
      Map<String, @Nullable Object> values, Map.Entry<String, String> wanted) {
    Object value = values.get(wanted.getKey());
    return value != null && Values.text(value).equals(wanted.getValue());
  }

  /** Puts other words in force for the groups in memory. */
  void reword(AlertRule rule) {
    for (GroupRef ref : directory.values()) {
      if (ref.group != null) {
        ref.group.reword(rule);
      }
    }
  }

  /** Lets go of all groups; the store is cleared by the caller. */
  void clear() {
    for (GroupRef ref : directory.values()) {
      ref.due = Memory.NEVER;
      residents.remove(ref);
    }
    tally.groups -= directory.size();
    directory.clear();
  }

  /** Hands out the firing transition of every open episode of a rule, in the order of groups. */
  static void openEpisodes(RuleSpace space, Consumer<Alert> each) {
    space.forEach(space.key(Tag.EPISODE), (key, value) -> each.accept(Group.decodeEpisode(value)));
  }
}
