package io.tocsin.alerting.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ids of records that a rule has seen. Source identities are known by their sequences, ids of
 * any other form one by one; both are bounded.
 */
final class SeenIds {

  /** A rule knows no more sources than this; the longest silent leave. */
  private static final int MOST_SOURCES = 4096;

  private final RuleSpace space;
  private final RuleEngine.Options options;
  private final LastIdentity identity;
  private final LinkedHashMap<String, @Nullable SourceWindow> sources =
      new LinkedHashMap<>(16, 0.75f, true);
  private final LinkedHashMap<Hash128, Long> foreign = new LinkedHashMap<>();
  private long nextForeign;

  SeenIds(RuleSpace space, RuleEngine.Options options, LastIdentity identity) {
    this.space = space;
    this.options = options;
    this.identity = identity;
    space.forEach(
        space.key(Tag.SOURCE), (key, value) -> sources.put(text(key), null)); // opened when needed
    TreeMap<Long, Hash128> inOrder = new TreeMap<>();
    space.forEach(
        space.key(Tag.FOREIGN),
        (key, value) -> inOrder.put(new Packer.Reader(value).int64(), Hash128.read(key)));
    inOrder.forEach((order, hash) -> foreign.put(hash, order));
    nextForeign = inOrder.isEmpty() ? 0 : inOrder.lastKey() + 1;
  }

  /** Takes in an id; false when the rule has seen it before. */
  boolean add(String id) {
    String prefix = identity.prefixOf(id);
    return prefix == null ? addForeign(Hash128.of(id)) : open(prefix).add(identity.sequence());
  }

  private SourceWindow open(String prefix) {
    SourceWindow window = sources.get(prefix);
    if (window == null) {
      window = new SourceWindow(space, prefix, options.sequencesPerSource());
      sources.put(prefix, window);
      if (sources.size() > MOST_SOURCES) {
        forgetEldest();
      }
    }
    return window;
  }

  private void forgetEldest() {
    Iterator<Map.Entry<String, @Nullable SourceWindow>> eldest = sources.entrySet().iterator();
    String prefix = eldest.next().getKey();
    eldest.remove();
    new SourceWindow(space, prefix, options.sequencesPerSource()).clear();
  }

  private boolean addForeign(Hash128 id) {
    if (foreign.putIfAbsent(id, nextForeign) != null) {
      return false;
    }
    space.put(space.key(Tag.FOREIGN, id), new Packer().int64(nextForeign).bytes());
    nextForeign++;
    if (foreign.size() > options.foreignIdsPerRule()) {
      space.delete(space.key(Tag.FOREIGN, foreign.pollFirstEntry().getKey()));
    }
    return true;
  }

  private static String text(ByteBuffer key) {
    byte[] bytes = new byte[key.remaining() - 1]; // without the closing zero
    key.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
