package io.tocsin.alerting.topology;

import java.nio.charset.StandardCharsets;

/** What a shard keeps in its store. A part's mark is on disk and in changelogs: never change it. */
enum StatePart {
  /** A lane's engine. */
  ENGINE('e'),
  /** The names of the lanes that have an engine. */
  LANES('l'),
  /** The alerts that fire, and which services each of them concerns. */
  FIRING('f'),
  /** The services that this shard has seen. */
  SEEN('s'),
  /** The health of the services that live on this shard. */
  HEALTH('h'),
  /** The resets of rules that were done here. */
  RESETS('r');

  private final char mark;

  StatePart(char mark) {
    this.mark = mark;
  }

  StateView in(ShardStore store) {
    return new StateView(store, new byte[] {(byte) mark});
  }

  /** A part of this part. */
  StateView in(ShardStore store, String name) {
    return new StateView(store, (mark + name + '\0').getBytes(StandardCharsets.UTF_8));
  }
}
