package io.tocsin.alerting.topology;

import io.tocsin.alerting.engine.EngineStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which resets a shard has done, so that a restart does none again. */
final class ResetsDone {

  private final EngineStore state;

  ResetsDone(EngineStore state) {
    this.state = state;
  }

  /**
   * Those that are to be done now; they count as done. Forgets those that nobody knows any more.
   */
  List<Reset> due(List<Reset> known) {
    List<Reset> due = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (Reset reset : known) {
      keys.add(reset.key());
      byte[] id = bytes(reset.id());
      if (!Arrays.equals(state.get(bytes(reset.key())), id)) {
        state.put(bytes(reset.key()), id);
        due.add(reset);
      }
    }
    List<byte[]> unknown = new ArrayList<>();
    state.forEachPrefix(
        new byte[0],
        (key, id) -> {
          if (!keys.contains(new String(key, StandardCharsets.UTF_8))) {
            unknown.add(key);
          }
        });
    unknown.forEach(state::delete);
    return due;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
