package io.tocsin.alerting.topology;

import io.tocsin.alerting.rule.RuleSet;
import java.util.List;

/**
 * The rules in force, which may change at any time. Thread-safe.
 *
 * <p>Every shard looks at the version before each record and once a second.
 */
public final class RuleBook {

  private volatile Edition edition;

  /**
   * The rules from some moment on.
   *
   * @param version grows with every change
   * @param resets all that are known
   */
  record Edition(long version, RuleSet rules, List<Reset> resets) {}

  public RuleBook(RuleSet rules) {
    this.edition = new Edition(1, rules, List.of());
  }

  /** Puts other rules in force; the resets stay. */
  public void replace(RuleSet rules) {
    replace(rules, edition.resets());
  }

  /**
   * Puts rules in force.
   *
   * @param resets all that are known; each shard does those that it has not done
   */
  public synchronized void replace(RuleSet rules, List<Reset> resets) {
    edition = new Edition(edition.version() + 1, rules, List.copyOf(resets));
  }

  /** The rules in force now. */
  public RuleSet rules() {
    return edition.rules();
  }

  Edition edition() {
    return edition;
  }
}
