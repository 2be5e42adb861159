package io.tocsin.agent.source.journal;

import io.tocsin.agent.pattern.GiveUps;
import io.tocsin.agent.publish.Budget;
import io.tocsin.agent.publish.Publisher;
import io.tocsin.agent.source.Backoff;
import io.tocsin.agent.source.LineSplitter;
import io.tocsin.agent.source.Origin;
import io.tocsin.agent.source.Rounds;
import io.tocsin.agent.source.Source;
import io.tocsin.agent.source.SourceStatus;
import io.tocsin.agent.transform.Transform;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the systemd journal through {@code journalctl}, which is started again when it ends. The
 * cursor is saved only behind what the broker has acknowledged; an entry's id is made of its
 * cursor, so one that is sent again is known as the same. Thread-safe.
 */
public final class JournalSource implements Source {

  private static final Duration BETWEEN_SAVES = Duration.ofSeconds(1);
  private static final Duration LONGEST_END = Duration.ofSeconds(2);
  private static final int LONGEST_LINE = 4 << 20;
  private static final int CHUNK = 64 << 10;

  /** One that runs for this long after another had ended is not about to end in the same way. */
  private static final Duration PROOF = Duration.ofSeconds(3);

  /**
   * Whether the journal is read.
   *
   * @param trouble what was wrong last; empty for nothing
   * @param since when the journalctl at hand was started, by the nano clock; null for none
   */
  private record State(String trouble, @Nullable Long since) {
    boolean isWell(long now) {
      return since != null && (trouble.isEmpty() || now - since > PROOF.toNanos());
    }
  }

  private final JournalConfig config;
  private final CursorFile cursors;
  private final Progress progress;
  private final EntryWriter writer;
  private final JournalLog log;
  private final Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
  private final Rounds saving;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Journalctl running;
  private volatile State state = new State("not started", null);
  private boolean endedBefore;

  /**
   * A source that is not started.
   *
   * @param directory where the cursor is kept; must exist
   * @param budget of the records under way, shared with other sources that can be read again
   * @throws UserError when the cursor cannot be read
   */
  public JournalSource(
      JournalConfig config,
      Origin origin,
      Path directory,
      Publisher publisher,
      Budget budget,
      Transform transform,
      InstantSource clock,
      Metrics metrics) {
    this.config = config;
    this.log = new JournalLog(config.name(), metrics);
    this.cursors = new CursorFile(directory, config.name());
    var lane = publisher.open(budget, 0);
    this.progress = new Progress(lane);
    this.writer =
        new EntryWriter(
            new EntryReader(config, new GiveUps(metrics, config.name())::add),
            origin,
            config.name(),
            lane,
            progress,
            transform,
            clock,
            log,
            () -> closing.getCount() > 0);
    try {
      cursors.load().ifPresent(writer::cursor);
    } catch (IOException e) {
      throw new UserError(
          "the journal's cursor in " + directory + " cannot be read: " + e.getMessage(),
          "make the folder readable for this user");
    }
    this.saving = new Rounds("journal-save-" + name(), BETWEEN_SAVES, this::save, System::nanoTime);
    this.thread = Thread.ofPlatform().daemon().name("journal-" + name()).unstarted(this::run);
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public void start() {
    thread.start();
    saving.start();
  }

  @Override
  public SourceStatus status() {
    State now = state;
    boolean well = now.isWell(System.nanoTime());
    String what =
        config.units().isEmpty()
            ? "reads the journal"
            : "reads " + String.join(", ", config.units());
    return new SourceStatus(well, well ? what : now.trouble(), log.records());
  }

  @Override
  public void close() {
    closing.countDown();
    Journalctl child = running;
    if (child != null) {
      child.close();
    }
    saving.close();
    try {
      if (thread.getState() != Thread.State.NEW && !thread.join(LONGEST_END)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isSettled() {
    return progress.isSettled();
  }

  @Override
  public synchronized void saveProgress() {
    save();
  }

  private synchronized void save() {
    Optional<String> cursor = progress.acknowledged();
    if (cursor.isPresent()) {
      save(cursor.get());
    }
  }

  private void save(String cursor) {
    try {
      cursors.save(cursor);
    } catch (IOException e) {
      log.notSaved(e);
    }
  }

  private void run() {
    try {
      while (closing.getCount() > 0) {
        String why = readUntilItEnds();
        if (closing.getCount() > 0) {
          state = new State(why, null);
          endedBefore = true;
          log.ended(why);
          closing.await(backoff.next().toNanos(), TimeUnit.NANOSECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      state = new State("closed", null);
    }
  }

  /** Reads what there is, then what comes; tells why there is no more. */
  private String readUntilItEnds() throws InterruptedException {
    try {
      if (writer.cursor() == null && config.start() == JournalConfig.Start.END) {
        beginAtTheEnd();
      }
      try (Journalctl child = Journalctl.start(config.command(writer.cursor()))) {
        running = child;
        if (closing.getCount() == 0) {
          return "closed"; // between the start and the line above
        }
        log.started(child.pid());
        state = new State(endedBefore ? state.trouble() : "", System.nanoTime());
        long before = log.records();
        read(child, new LineSplitter(LONGEST_LINE, writer));
        if (log.records() > before) {
          backoff.reset();
        }
        return child.end();
      }
    } catch (IOException e) {
      return "cannot run " + config.program() + ": " + e.getMessage();
    }
  }

  /** Remembers the last entry there is, so that a restart leaves out nothing that comes after. */
  private synchronized void beginAtTheEnd() throws IOException, InterruptedException {
    try (Journalctl child = Journalctl.start(config.lastEntryCommand())) {
      StringBuilder cursor = new StringBuilder();
      read(
          child,
          new LineSplitter(
              LONGEST_LINE,
              (buffer, length, cut) -> {
                if (EntryWriter.entry(buffer, length).get("__CURSOR") instanceof String last) {
                  cursor.append(last);
                }
              }));
      if (!cursor.isEmpty()) {
        writer.cursor(cursor.toString());
        save(cursor.toString());
      }
    }
  }

  private static void read(Journalctl child, LineSplitter lines) throws InterruptedException {
    byte[] chunk = new byte[CHUNK];
    int count = child.read(chunk);
    while (count >= 0) {
      lines.add(chunk, count);
      count = child.read(chunk);
    }
  }
}
