package io.tocsin.alerting.prove;

import io.tocsin.alerting.prove.TransitionDiff.Side;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** How a test of rules went. */
public final class RuleTestResult {

  private final Path file;
  private final List<TransitionDiff.Entry> entries;

  RuleTestResult(Path file, List<TransitionDiff.Entry> entries) {
    this.file = file;
    this.entries = List.copyOf(entries);
  }

  /** Whether exactly the expected transitions happened. */
  public boolean passed() {
    return count(Side.BOTH) == entries.size();
  }

  /**
   * One line for a test that passed; else also every transition: {@code -} with its line in the
   * test for one that did not happen, {@code +} for one that was not expected.
   */
  public String report() {
    long both = count(Side.BOTH);
    if (passed()) {
      return "ok      " + file + ", " + both + (both == 1 ? " transition" : " transitions");
    }
    return entries.stream()
        .map(TransitionDiff.Entry::toString)
        .collect(
            Collectors.joining(
                "\n",
                "FAILED  %s, expected but not happened (-): %d, happened but not expected (+): %d%n"
                    .formatted(file, count(Side.EXPECTED), count(Side.HAPPENED)),
                ""));
  }

  private long count(Side side) {
    return entries.stream().filter(entry -> entry.side() == side).count();
  }
}
