package io.tocsin.agent.source.file;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a file is with the broker.
 *
 * @param epoch the file's identity in ids
 * @param path under which name it was last read; for a copy, that of its log
 * @param key which file it was to the operating system when it had that name
 * @param head the fingerprint of its first line
 * @param offset everything before it is acknowledged
 * @param tail the fingerprint of what stands before the offset
 * @param modified when the file was last written to, as far as it was read
 * @param seen when the file was last there
 */
record Checkpoint(
    String epoch,
    Path path,
    FileKey key,
    String head,
    long offset,
    String tail,
    Instant modified,
    Instant seen) {

  /** Whether it need not be made anew. */
  boolean isCurrent(Path where, long acknowledged, Instant now) {
    return offset == acknowledged
        && path.equals(where)
        && now.isBefore(seen.plus(Duration.ofDays(1)));
  }

  Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("epoch", epoch);
    map.put("path", path.toString());
    map.put("device", key.device());
    map.put("inode", key.inode());
    map.put("head", head);
    map.put("offset", offset);
    map.put("tail", tail);
    map.put("modified", modified.toString());
    map.put("seen", seen.toString());
    return map;
  }

  static Checkpoint of(Map<?, ?> map) {
    return new Checkpoint(
        text(map, "epoch"),
        Path.of(text(map, "path")),
        new FileKey(number(map, "device"), number(map, "inode")),
        text(map, "head"),
        number(map, "offset"),
        text(map, "tail"),
        Instant.parse(text(map, "modified")),
        Instant.parse(text(map, "seen")));
  }

  private static String text(Map<?, ?> map, String name) {
    return String.valueOf(map.get(name));
  }

  private static long number(Map<?, ?> map, String name) {
    return map.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
