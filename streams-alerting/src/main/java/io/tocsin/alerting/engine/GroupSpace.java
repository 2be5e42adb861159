package io.tocsin.alerting.engine;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A group's part of the store. */
final class GroupSpace {

  private final RuleSpace rule;
  private final Hash128 group;

  GroupSpace(RuleSpace rule, Hash128 group) {
    this.rule = rule;
    this.group = group;
  }

  byte @Nullable [] get(Tag tag) {
    return rule.get(rule.key(tag, group));
  }

  void put(Tag tag, byte[] value) {
    rule.put(rule.key(tag, group), value);
  }

  /** An entry whose value the caller holds. */
  EngineStore.Held hold(Tag tag, Supplier<byte[]> value) {
    return rule.hold(rule.key(tag, group), value);
  }

  /** An entry whose value the caller holds. */
  EngineStore.Held hold(Tag tag, long suffix, Supplier<byte[]> value) {
    return rule.hold(key(tag, suffix), value);
  }

  void delete(Tag tag) {
    rule.delete(rule.key(tag, group));
  }

  void put(Tag tag, long suffix, byte[] value) {
    rule.put(key(tag, suffix), value);
  }

  void delete(Tag tag, long suffix) {
    rule.delete(key(tag, suffix));
  }

  byte @Nullable [] get(Tag tag, Hash128 suffix) {
    return rule.get(key(tag, suffix));
  }

  void put(Tag tag, Hash128 suffix, byte[] value) {
    rule.put(key(tag, suffix), value);
  }

  void delete(Tag tag, Hash128 suffix) {
    rule.delete(key(tag, suffix));
  }

  /** Visits the entries of a tag as suffix and value. */
  void forEach(Tag tag, BiConsumer<ByteBuffer, byte[]> each) {
    rule.forEach(rule.key(tag, group), each);
  }

  /** Forgets the group. */
  void clear() {
    delete(Tag.GROUP);
    delete(Tag.NAME);
    delete(Tag.EPISODE);
    rule.deleteAll(rule.key(Tag.WINDOW, group));
    rule.deleteAll(rule.key(Tag.EVIDENCE, group));
  }

  private byte[] key(Tag tag, long suffix) {
    return rule.key(tag, group, suffix);
  }

  private byte[] key(Tag tag, Hash128 suffix) {
    return rule.key(tag, group, suffix);
  }
}
