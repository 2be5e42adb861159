package io.tocsin.notifier.message;

import io.tocsin.event.Alert;

/**
 * How far an alert's value is from its threshold, as a small bar: {@code ▮▮▮▮▮▮▮│▮▮▮} for 7 of 5,
 * {@code ▮▮▯▯▯▯▯▯▯▯│} for 3 of 14. The longer of the two is always ten cells.
 */
public final class Meter {

  private static final int CELLS = 10;

  private Meter() {}

  /** The bar; empty where value and threshold are no positive numbers. */
  public static String of(Alert alert) {
    if (!(alert.value() instanceof Number value)
        || !(alert.threshold() instanceof Number threshold)) {
      return "";
    }
    double longest = Math.max(value.doubleValue(), threshold.doubleValue());
    boolean drawable =
        value.doubleValue() >= 0 && threshold.doubleValue() > 0 && Double.isFinite(longest);
    return drawable
        ? bar(cells(value.doubleValue() / longest), cells(threshold.doubleValue() / longest))
        : "";
  }

  private static int cells(double part) {
    return (int) Math.round(part * CELLS);
  }

  private static String bar(int full, int mark) {
    StringBuilder bar = new StringBuilder();
    for (int cell = 0; cell < Math.max(full, mark); cell++) {
      if (cell == mark) {
        bar.append('│');
      }
      bar.append(cell < full ? '▮' : '▯');
    }
    return full > mark ? bar.toString() : bar.append('│').toString();
  }
}
