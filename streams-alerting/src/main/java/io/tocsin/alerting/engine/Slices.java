package io.tocsin.alerting.engine;

/**
 * Cuts time into slices, 60 to a window, aligned to the epoch. A window that 60 does not divide
 * into whole milliseconds has slices whose bounds fall between two milliseconds: slice {@code i}
 * holds the milliseconds from {@link #start}{@code (i)} up to {@link #start}{@code (i + 1)}.
 *
 * @param window the window in milliseconds
 */
record Slices(long window) {

  /** How many slices make a window. */
  static final int PER_WINDOW = 60;

  /** The slice that holds a time. */
  long of(long time) {
    return Math.floorDiv(time * PER_WINDOW, window);
  }

  /** The first millisecond of a slice. */
  long start(long slice) {
    return Math.ceilDiv(slice * window, (long) PER_WINDOW);
  }

  /** How many slices cover a length of time. */
  long covering(long millis) {
    return Math.ceilDiv(millis * PER_WINDOW, window);
  }
}
