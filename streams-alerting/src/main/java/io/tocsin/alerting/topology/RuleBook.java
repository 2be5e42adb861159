package io.tocsin.alerting.topology;

import io.tocsin.alerting.rule.RuleSet;

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
   */
  record Edition(long version, RuleSet rules) {}

  public RuleBook(RuleSet rules) {
    this.edition = new Edition(1, rules);
  }

  /** Puts other rules in force. */
  public synchronized void replace(RuleSet rules) {
    edition = new Edition(edition.version() + 1, rules);
  }

  /** The rules in force now. */
  public RuleSet rules() {
    return edition.rules();
  }

  Edition edition() {
    return edition;
  }
}
