package io.tocsin.notifier.route;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a receiver comes to be told of an alert.
 *
 * @param after how long nobody must have taken care of it; zero for being told at once
 * @param repeat how often it is told again while nobody takes care; zero for never
 * @param group with what it is told together; null for being told alone
 */
public record Lead(Duration after, Duration repeat, @Nullable Group group) {

  /** At once, once, and alone. */
  public static final Lead PLAIN = new Lead(Duration.ZERO, Duration.ZERO, null);

  /**
   * What is told together at receivers that people read.
   *
   * @param route the route that asks for it
   * @param values what it has in common, such as {@code service=api}
   * @param delay how long the first waits for others
   * @param interval the least time between two messages about it
   */
  public record Group(String route, String values, Duration delay, Duration interval) {}

  /** Whether it is told only when nobody takes care. */
  public boolean escalates() {
    return !after.isZero();
  }
}
