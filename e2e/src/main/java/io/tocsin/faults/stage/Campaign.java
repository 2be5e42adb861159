package io.tocsin.faults.stage;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A campaign as a command: in a folder of its own, which stays when something went wrong. Exits
 * with 0 when nothing was lost or doubled, else with 1.
 */
public abstract class Campaign implements Callable<Integer> {

  private static final Duration CLEAN_UP = Duration.ofSeconds(20);

  @Option(names = "--seed", defaultValue = "1", description = "of the moments (default: 1)")
  private long seed;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public final Integer call() throws Exception {
    Thread stop = Thread.ofPlatform().unstarted(stopper(Thread.currentThread()));
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      return inFolder() ? 0 : 1;
    } finally {
      forget(stop);
    }
  }

  private static void forget(Thread stop) {
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException e) {
      // it is running
    }
  }

  private boolean inFolder() throws Exception {
    Path folder = Files.createTempDirectory("tocsin-faults");
    boolean good = run(folder);
    if (good) {
      tell("all is as promised");
      delete(folder);
    } else {
      tell("that is not what was promised; what is left is in " + folder);
    }
    return good;
  }

  /**
   * Ends a campaign that is told to stop like one that failed, so that its processes, mounts and
   * servers do not outlive it.
   */
  private Runnable stopper(Thread campaign) {
    return () -> {
      tell("stopped before the verdict");
      campaign.interrupt();
      try {
        campaign.join(CLEAN_UP);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  /** Breaks things and counts; whether all is as promised. */
  protected abstract boolean run(Path folder) throws Exception;

  /** What all that is left to chance comes from. */
  protected final long seed() {
    return seed;
  }

  /** Prints a line at once. */
  protected final void tell(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
