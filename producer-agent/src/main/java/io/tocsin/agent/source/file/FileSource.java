package io.tocsin.agent.source.file;

import io.tocsin.agent.parse.LineParser;
import io.tocsin.agent.pattern.GiveUps;
import io.tocsin.agent.publish.Budget;
import io.tocsin.agent.publish.Lane;
import io.tocsin.agent.publish.Publisher;
import io.tocsin.agent.source.Origin;
import io.tocsin.agent.source.Source;
import io.tocsin.agent.source.SourceStatus;
import io.tocsin.agent.source.file.LineReader.Outcome;
import io.tocsin.agent.transform.Transform;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.UserError;
import io.tocsin.event.SourceId;
import java.io.IOException;
import java.nio.channels.FileChannel;
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
  private final Origin origin;
  private final Publisher publisher;
  private final Budget budget;
  private final Transform transform;
  private final InstantSource clock;
  private final Timing timing;
  private final Checkpoints checkpoints;
  private final FileTracker tracker;
  private final LineReader reader;
  private final FileSourceLog log;
  private final GiveUps giveUps;
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
    this.origin = origin;
    this.publisher = publisher;
    this.budget = budget;
    this.transform = transform;
    this.clock = clock;
    this.timing = timing;
    this.log = new FileSourceLog(config.sourceName(), metrics);
    this.giveUps = new GiveUps(metrics, config.sourceName());
    try {
      this.checkpoints = new Checkpoints(new CheckpointFile(directory, config.sourceName()));
    } catch (IOException e) {
      throw new UserError(
          "the checkpoints in " + directory + " cannot be read: " + e.getMessage(),
          "make the folder readable for this user");
    }
    this.tracker = new FileTracker(new Globs(config.paths()), checkpoints, log);
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
        identify(file, skip);
      }
      openFiles = tracker.files().size();
    } catch (IOException e) {
      log.notDiscovered(e);
    }
  }

  /** True when any file may have more. */
  private boolean readAll(long now) throws InterruptedException {
    boolean more = false;
    for (TailedFile file : List.copyOf(tracker.files())) {
      try {
        more |= read(file, now);
      } catch (IOException | RuntimeException e) {
        // A line that breaks the agent's own code must not end the reading of all other files.
        log.trouble(file.path(), e);
        tracker.close(file);
      }
    }
    return more;
  }

  private boolean read(TailedFile file, long now) throws IOException, InterruptedException {
    if (!file.isDue()) {
      return false;
    }
    if (file.identity() == null && !identifyInTurn(file, now)) {
      return true;
    }
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

  /**
   * Gives a file its identity, unless it was cut again while it waited for its turn: what it held
   * then stands in copies, which come first. They are looked for again afterwards, for a cut in
   * between gives it the identity of what came later.
   */
  private boolean identifyInTurn(TailedFile file, long now) throws IOException {
    if (waitsForMore(file, now)) {
      return false;
    }
    identify(file, false);
    if (file.identity() != null && waitsForMore(file, now)) {
      file.startsAnew();
      return false;
    }
    return true;
  }

  private boolean waitsForMore(TailedFile file, long now) throws IOException {
    if (file.followed().isEmpty()) {
      return false;
    }
    List<TailedFile> copies = tracker.openCopies(file.path(), file.followed(), now);
    file.follows(copies);
    return !copies.isEmpty();
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
    file.follows(tracker.openCopies(file.path(), copy.stream().toList(), now));
    file.startsAnew();
  }

  /** A copy that was taken before the last lines were read holds nothing that is new. */
  private void settleOldCopy(TailedFile cut) throws IOException {
    TailedFile.@Nullable Identity was = cut.identity();
    for (TailedFile file : tracker.files()) {
      if (was != null && file.isOldCopyOf(cut)) {
        begin(file, was.epoch(), was.head(), file.channel().size());
        return;
      }
    }
  }

  /** Gives a file its identity and its place, once its first line is complete. */
  private void identify(TailedFile file, boolean fromEnd) throws IOException {
    Optional<String> head = Fingerprint.ofHead(file.channel());
    if (head.isPresent()) {
      identify(file, head.get(), fromEnd);
    }
  }

  private void identify(TailedFile file, String head, boolean fromEnd) throws IOException {
    FileChannel channel = file.channel();
    Optional<Checkpoint> known =
        file.isAnew()
            ? Optional.empty()
            : checkpoints.matching(file.path(), file.key(), head, channel);
    Optional<TailedFile> original = tracker.originalOf(file);
    original.ifPresent(file::copies);
    boolean held = known.isPresent() && tracker.isReadAs(known.get().epoch(), file);
    if (held || original.isPresent()) {
      return; // it has nothing of its own until the other is cut
    }
    String epoch = known.map(Checkpoint::epoch).orElseGet(() -> newEpoch(file, head));
    long offset = known.isPresent() ? known.get().offset() : fromEnd ? lastLineStart(channel) : 0;
    begin(file, epoch, head, offset);
  }

  private void begin(TailedFile file, String epoch, String head, long offset) throws IOException {
    Lane lane = publisher.open(budget, offset);
    // The sequence is put in place for each line; the rest of the id stays the same.
    SourceId id = new SourceId(origin.agent(), name(), epoch, 0);
    EventWriter writer =
        new EventWriter(
            new LineParser(config.lines(), giveUps::add),
            config.charset(),
            lane,
            origin,
            id,
            transform,
            clock);
    @Nullable LineJoiner joiner =
        config.multiline() == null
            ? null
            : new LineJoiner(
                config.multiline().options().rule(giveUps::add),
                config.multiline().options().maxLines(),
                Math.toIntExact(config.maxLine().bytes()),
                config.charset(),
                writer);
    file.identify(new TailedFile.Identity(epoch, head, lane, writer, joiner), offset);
    remember(file);
  }

  /** An identity that no file had before: an inode and a first line may come again. */
  private String newEpoch(TailedFile file, String head) {
    String epoch =
        Long.toHexString(file.key().device())
            + '-'
            + Long.toHexString(file.key().inode())
            + '-'
            + head;
    return checkpoints.knowsEpoch(epoch)
        ? epoch + '-' + Long.toString(clock.millis(), Character.MAX_RADIX)
        : epoch;
  }

  private static long lastLineStart(FileChannel channel) throws IOException {
    long size = channel.size();
    for (long to = size; to > 0; to -= Fingerprint.HEAD) {
      int length = (int) Math.min(Fingerprint.HEAD, to);
      byte[] bytes = Fingerprint.read(channel, to - length, length);
      for (int i = bytes.length - 1; i >= 0; i--) {
        if (bytes[i] == '\n') {
          return to - length + i + 1;
        }
      }
    }
    return 0;
  }

  /** A file without a name, quiet for a while: its last line needs no end, and it can go. */
  private void finish(TailedFile file) throws IOException, InterruptedException {
    Optional<String> head = Fingerprint.ofHeadSoFar(file.channel());
    if (file.identity() == null && head.isPresent()) {
      identify(file, head.get(), false);
    }
    if (file.readRest(reader) == Outcome.NOTHING && file.completeEvent() && file.isSettled()) {
      remember(file);
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

  private void remember(TailedFile file) throws IOException {
    @Nullable Checkpoint checkpoint = file.checkpoint(clock.instant());
    if (checkpoint != null) {
      checkpoints.put(checkpoint);
    }
  }

  private void save() {
    List<IOException> troubles = new ArrayList<>();
    for (TailedFile file : tracker.files()) {
      try {
        remember(file);
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
