package io.tocsin.agent.source.file;

import io.tocsin.agent.pattern.GiveUps;
import io.tocsin.agent.publish.Budget;
import io.tocsin.agent.publish.Publisher;
import io.tocsin.agent.source.Origin;
import io.tocsin.agent.source.Source;
import io.tocsin.agent.source.SourceStatus;
import io.tocsin.agent.source.file.LineReader.Outcome;
import io.tocsin.agent.transform.Transform;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads log files and whatever becomes of them: every line once it is complete, in order, and again
 * after a restart unless the broker had acknowledged it. A line's id is the file's identity and the
 * line's byte offset, so a line that is sent again is known as the same.
 */
public final class FileSource implements Source {

  private final FileConfig config;
  private final InstantSource clock;
  private final Timing timing;
  private final Checkpoints checkpoints;
  private final FileTracker tracker;
  private final Identities identities;
  private final LineReader reader;
  private final FileSourceLog log;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile int openFiles;

  /**
   * A source that is not started.
   *
   * @param directory where checkpoints are kept; must exist
   * @param budget of the records under way, shared with other files
   * @param transform what is done to each record
   * @throws UserError when the checkpoints cannot be read
   */
  public FileSource(
      FileConfig config,
      Origin origin,
      Path directory,
      Publisher publisher,
      Budget budget,
      Transform transform,
      InstantSource clock,
      Metrics metrics) {
    this(config, origin, directory, publisher, budget, transform, clock, metrics, Timing.USUAL);
  }

  FileSource(
      FileConfig config,
      Origin origin,
      Path directory,
      Publisher publisher,
      Budget budget,
      Transform transform,
      InstantSource clock,
      Metrics metrics,
      Timing timing) {
    this.config = config;
    this.clock = clock;
    this.timing = timing;
    this.log = new FileSourceLog(config.sourceName(), metrics);
    try {
      this.checkpoints = new Checkpoints(new CheckpointFile(directory, config.sourceName()));
    } catch (IOException e) {
      throw new UserError(
          "the checkpoints in " + directory + " cannot be read: " + e.getMessage(),
          "make the folder readable for this user");
    }
    this.tracker = new FileTracker(new Globs(config.paths()), checkpoints, log);
    GiveUps giveUps = new GiveUps(metrics, config.sourceName());
    this.identities =
        new Identities(
            config, origin, publisher, budget, transform, clock, checkpoints, tracker, giveUps);
    this.reader = new LineReader(config.maxLine().bytes());
    this.thread = Thread.ofPlatform().name("file-" + config.sourceName()).unstarted(this::run);
  }

  @Override
  public String name() {
    return config.sourceName();
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public SourceStatus status() {
    @Nullable String trouble = log.trouble();
    String detail = trouble != null ? trouble : openFiles + " files open";
    return new SourceStatus(trouble == null, detail, log.records());
  }

  /** Stops reading. What is under way may still be acknowledged: {@link #saveProgress} after it. */
  @Override
  public void close() {
    closing.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isSettled() {
    return tracker.files().stream().allMatch(TailedFile::isUnderWayNoMore);
  }

  /** Lets the files go, too. */
  @Override
  public void saveProgress() {
    save();
    for (TailedFile file : List.copyOf(tracker.files())) {
      tracker.close(file);
    }
  }

  private void run() {
    long discovered = System.nanoTime() - timing.discover().toNanos();
    long saved = System.nanoTime();
    long busy = saved;
    try {
      while (closing.getCount() > 0) {
        long now = System.nanoTime();
        Timing pace = now - busy < timing.quiet().toNanos() ? timing : timing.idle();
        if (now - discovered >= pace.discover().toNanos()) {
          discover(now);
          discovered = now;
        }
        boolean more = readAll(now);
        if (System.nanoTime() - saved >= timing.save().toNanos()) {
          save();
          saved = System.nanoTime();
        }
        if (more) {
          busy = now;
        } else if (closing.await(pace.poll().toNanos(), TimeUnit.NANOSECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void discover(long now) {
    try {
      boolean skip = config.start() == FileConfig.Start.END;
      for (TailedFile file : tracker.discover(now)) {
        identities.give(file, skip);
      }
      openFiles = tracker.files().size();
    } catch (IOException e) {
      log.notDiscovered(e);
    }
  }

  /** True when any file may have more. */
  private boolean readAll(long now) throws InterruptedException {
    List<TailedFile> due = tracker.files().stream().filter(TailedFile::isDue).toList();
    List<TailedFile> ready = due.stream().filter(file -> identify(file, now)).toList();
    // An identity is saved before a line is sent under it: else, killed before the next save, the
    // agent might give the same line another id.
    if (identities.takeGiven()) {
      save();
    }
    boolean more = ready.size() < due.size();
    for (TailedFile file : ready) {
      try {
        more |= read(file, now);
      } catch (IOException | RuntimeException e) {
        // A line that breaks the agent's own code must not end the reading of all other files.
        fail(file, e);
      }
    }
    return more;
  }

  /** False when it has to wait, after all, or cannot be read. */
  private boolean identify(TailedFile file, long now) {
    try {
      return file.identity() != null || identities.giveInTurn(file, now);
    } catch (IOException | RuntimeException e) {
      fail(file, e);
      return false;
    }
  }

  private void fail(TailedFile file, Exception e) {
    log.trouble(file.path(), e);
    tracker.close(file);
  }

  private boolean read(TailedFile file, long now) throws IOException, InterruptedException {
    Outcome outcome = file.read(reader, now);
    count(file);
    return switch (outcome) {
      case LINES, BLOCKED -> true;
      case NOTHING -> {
        completeEvent(file, now);
        if (file.isAway() && now - file.grewAt() > timing.quiet().toNanos()) {
          finish(file);
        }
        yield false;
      }
      case REPLACED -> {
        replaced(file, now);
        yield true;
      }
    };
  }

  /** An event whose next line does not come is taken to be complete. */
  private void completeEvent(TailedFile file, long now) throws IOException, InterruptedException {
    if (config.multiline() != null && file.hasHalfAnEvent()) {
      long flush = config.multiline().options().flush().toNanos();
      // A line that is being written may belong to it, but is not waited for for ever.
      if (now - file.grewAt() > (file.hasHalfALine() ? 10 * flush : flush)) {
        file.completeEvent();
      }
    }
  }

  /** A file was cut, or written anew: what was not read may stand in a copy. */
  private void replaced(TailedFile file, long now) throws IOException, InterruptedException {
    log.replaced(file.path());
    Optional<TailedFile> copy = tracker.copyOf(file, now);
    if (copy.isPresent()) {
      copy.get().takeOver(file);
      file.follows(List.of(copy.get()));
    } else if (file.completeEvent()) {
      settleOldCopy(file);
    } else {
      return; // its last lines are nowhere else: they are not let go before there is room
    }
    file.follows(tracker.openCopies(file, copy, now));
    file.startsAnew();
  }

  /** A copy that was taken before the last lines were read holds nothing that is new. */
  private void settleOldCopy(TailedFile cut) throws IOException {
    TailedFile.@Nullable Identity was = cut.identity();
    for (TailedFile file : tracker.files()) {
      if (was != null && file.isOldCopyOf(cut)) {
        identities.giveAsRead(file, was);
        return;
      }
    }
  }

  /** A file without a name, quiet for a while: its last line needs no end, and it can go. */
  private void finish(TailedFile file) throws IOException, InterruptedException {
    Optional<byte[]> head = Fingerprint.headSoFar(file.channel());
    if (file.identity() == null && head.isPresent()) {
      identities.give(file, head.get(), false);
      save();
    }
    if (file.readRest(reader) == Outcome.NOTHING && file.completeEvent() && file.isSettled()) {
      checkpoints.note(file, clock.instant());
      tracker.close(file);
    }
    count(file);
  }

  private void count(TailedFile file) {
    TailedFile.@Nullable Identity identity = file.identity();
    if (identity != null) {
      log.read(identity.writer().takeRecords());
    }
  }

  private void save() {
    List<IOException> troubles = new ArrayList<>();
    for (TailedFile file : tracker.files()) {
      try {
        checkpoints.note(file, clock.instant());
      } catch (IOException e) {
        troubles.add(e);
      }
    }
    try {
      checkpoints.save(clock.instant());
    } catch (IOException e) {
      troubles.add(e);
    }
    if (troubles.isEmpty()) {
      log.saved();
    } else {
      log.notSaved(troubles.getFirst());
    }
  }
}
