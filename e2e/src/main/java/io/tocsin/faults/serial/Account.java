package io.tocsin.faults.serial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What was sent to the port and what came of it. For one thread. */
final class Account {

  static final Duration LONGEST_RECOVERY = Duration.ofSeconds(2);

  /** How often each number came. */
  private final Map<Integer, Integer> came = new HashMap<>();

  private final List<Duration> recoveries = new ArrayList<>();
  private int sent;
  private int openers;
  private int reported;

  /** The number of the next frame. */
  int next() {
    return sent++;
  }

  /** A frame's number came; that of a frame that was not sent whole is negative. */
  void came(int number) {
    came.merge(number, 1, Integer::sum);
  }

  /** The port came back, and was read again after so long. */
  void recovered(Duration after) {
    recoveries.add(after);
  }

  /** Something else opened the port while the agent had it. */
  void opened(boolean wasReported) {
    openers++;
    reported += wasReported ? 1 : 0;
  }

  boolean isComplete() {
    return missing() == 0;
  }

  boolean isGood() {
    return missing() == 0
        && again() == 0
        && neverSent() == 0
        && slowest().compareTo(LONGEST_RECOVERY) < 0
        && reported == openers;
  }

  /** For people. */
  List<String> lines() {
    return List.of(
        "%d frames sent whole: %d are missing, %d came again, %d came that were not sent whole"
            .formatted(sent, missing(), again(), neverSent()),
        "%d returns of the port: read again after %d ms at most, %d ms in the middle"
            .formatted(recoveries.size(), slowest().toMillis(), middle().toMillis()),
        "%d second openers, %d of them reported".formatted(openers, reported));
  }

  private long missing() {
    return IntStream.range(0, sent).filter(n -> !came.containsKey(n)).count();
  }

  private long again() {
    return came.values().stream().filter(times -> times > 1).count();
  }

  private long neverSent() {
    return came.keySet().stream().filter(n -> n < 0 || n >= sent).count();
  }

  private Duration slowest() {
    return recoveries.stream().max(Duration::compareTo).orElse(Duration.ZERO);
  }

  private Duration middle() {
    return recoveries.isEmpty()
        ? Duration.ZERO
        : recoveries.stream().sorted().toList().get(recoveries.size() / 2);
  }
}
