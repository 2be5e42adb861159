package io.tocsin.alerting.engine;

import java.util.Arrays;

/** Times in ascending order, ties included; cheap to add at the end and to drop at the front. */
final class TimeRing {

  private long[] times = new long[8];
  private int from;
  private int to;

  int size() {
    return to - from;
  }

  long first() {
    return times[from];
  }

  /** The n-th newest time, from 1 up to the size. */
  long newest(int n) {
    return times[to - n];
  }

  void add(long time) {
    makeRoom();
    int at = to;
    while (at > from && times[at - 1] > time) {
      times[at] = times[at - 1];
      at--;
    }
    times[at] = time;
    to++;
  }

  void dropFirst() {
    from++;
  }

  /** How many are later than {@code time}. */
  int countAfter(long time) {
    return to - lowestAfter(time);
  }

  /** How many are exactly {@code time}. */
  int countAt(long time) {
    return lowestAfter(time) - lowestAfter(time - 1);
  }

  private int lowestAfter(long time) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] > time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private void makeRoom() {
    if (to < times.length) {
      return;
    }
    int size = size();
    long[] room = size > times.length / 2 ? new long[times.length * 2] : times;
    System.arraycopy(times, from, room, 0, size);
    times = room;
    from = 0;
    to = size;
  }

  @Override
  public String toString() {
    return Arrays.toString(Arrays.copyOfRange(times, from, to));
  }
}
