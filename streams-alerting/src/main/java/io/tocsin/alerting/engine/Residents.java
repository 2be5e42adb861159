package io.tocsin.alerting.engine;

import java.util.Iterator;
import java.util.LinkedHashMap;

/**
 * Which groups are in memory, over all rules: the longest untouched go back to rest in the store.
 */
final class Residents {

  private static final int MOST = 20_000;

  private final LinkedHashMap<GroupRef, Boolean> groups = new LinkedHashMap<>(16, 0.75f, true);

  void touch(GroupRef group) {
    if (groups.put(group, true) == null && groups.size() > MOST) {
      Iterator<GroupRef> eldest = groups.keySet().iterator();
      eldest.next().group = null;
      eldest.remove();
    }
  }

  void remove(GroupRef group) {
    groups.remove(group);
    group.group = null;
  }
}
