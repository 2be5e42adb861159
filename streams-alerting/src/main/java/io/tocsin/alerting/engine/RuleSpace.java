package io.tocsin.alerting.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A rule's part of the store: every key is a tag, the rule, and what the caller adds. */
final class RuleSpace {

  /** How many key bytes stand before what the caller adds. */
  private static final int PREFIX = 1 + Long.BYTES;

  private final EngineStore store;
  private final long rule;

  RuleSpace(EngineStore store, String ruleName) {
    this.store = store;
    this.rule = Hash128.of(ruleName).high();
  }

  GroupSpace group(Hash128 group) {
    return new GroupSpace(this, group);
  }

  byte @Nullable [] get(byte[] key) {
    return store.get(key);
  }

  void put(byte[] key, byte[] value) {
    store.put(key, value);
  }

  EngineStore.Held hold(byte[] key, Supplier<byte[]> value) {
    return store.hold(key, value);
  }

  void delete(byte[] key) {
    store.delete(key);
  }

  /** Visits entries as the bytes that follow the prefix, and the value. */
  void forEach(byte[] prefix, BiConsumer<ByteBuffer, byte[]> each) {
    store.forEachPrefix(
        prefix,
        (key, value) ->
            each.accept(ByteBuffer.wrap(key, prefix.length, key.length - prefix.length), value));
  }

  void deleteAll(byte[] prefix) {
    List<byte[]> keys = new ArrayList<>();
    store.forEachPrefix(prefix, (key, value) -> keys.add(key));
    keys.forEach(store::delete);
  }

  /** Forgets everything about the rule. */
  void clear() {
    for (Tag tag : Tag.values()) {
      if (tag != Tag.CLOCK && tag != Tag.RULE) {
        deleteAll(key(tag));
      }
    }
  }

  byte[] key(Tag tag) {
    ByteBuffer key = ByteBuffer.allocate(PREFIX);
    start(key, tag);
    return key.array();
  }

  byte[] key(Tag tag, byte[] text) {
    ByteBuffer key = ByteBuffer.allocate(PREFIX + text.length);
    start(key, tag).put(text);
    return key.array();
  }

  byte[] key(Tag tag, byte[] text, long number) {
    ByteBuffer key = ByteBuffer.allocate(PREFIX + text.length + Long.BYTES);
    start(key, tag).put(text).putLong(number);
    return key.array();
  }

  byte[] key(Tag tag, Hash128 hash) {
    ByteBuffer key = ByteBuffer.allocate(PREFIX + Hash128.BYTES);
    hash.write(start(key, tag));
    return key.array();
  }

  byte[] key(Tag tag, Hash128 hash, long number) {
    ByteBuffer key = ByteBuffer.allocate(PREFIX + Hash128.BYTES + Long.BYTES);
    hash.write(start(key, tag));
    key.putLong(number);
    return key.array();
  }

  byte[] key(Tag tag, Hash128 first, Hash128 second) {
    ByteBuffer key = ByteBuffer.allocate(PREFIX + 2 * Hash128.BYTES);
    first.write(start(key, tag));
    second.write(key);
    return key.array();
  }

  private ByteBuffer start(ByteBuffer key, Tag tag) {
    return key.put(tag.code()).putLong(rule);
  }
}
