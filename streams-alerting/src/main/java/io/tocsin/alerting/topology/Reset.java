package io.tocsin.alerting.topology;

import java.util.Map;

/**
 * Somebody wants a rule's state forgotten. Every shard does so once.
 *
 * @param key which reset this is; a later one of the same key takes its place
 * @param id differs from that of every other reset
 * @param group group-by fields and their values as text; empty for the whole rule
 * @param by who wants it
 */
public record Reset(String key, String id, String rule, Map<String, String> group, String by) {

  public Reset {
    group = Map.copyOf(group);
  }
}
