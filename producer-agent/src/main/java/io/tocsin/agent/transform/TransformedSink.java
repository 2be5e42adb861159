package io.tocsin.agent.transform;

import io.tocsin.agent.source.BatchSink;
import io.tocsin.agent.source.EventSink;
import io.tocsin.agent.spool.SpoolSink;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.SourceId;
import io.tocsin.event.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source's way into the spool, and what is done to its records on it. Thread-safe. */
public final class TransformedSink implements EventSink, BatchSink {

  private final SpoolSink spool;
  private final Transform transform;

  public TransformedSink(SpoolSink spool, Transform transform) {
    this.spool = spool;
    this.transform = transform;
  }

  @Override
  public void accept(LogEvent draft) throws InterruptedException {
    switch (admitted(draft.level())) {
      case Verdict.Keep keep -> spool.accept(transform.shape(draft, keep));
      case Verdict.Drop drop -> dropped(drop, draft.level());
      case Verdict.Wait ignored -> throw new IllegalStateException("it was waited for");
    }
  }

  @Override
  public void accept(Telemetry draft) throws InterruptedException {
    switch (admitted(null)) {
      case Verdict.Keep ignored -> spool.accept(transform.shape(draft));
      case Verdict.Drop drop -> dropped(drop, null);
      case Verdict.Wait ignored -> throw new IllegalStateException("it was waited for");
    }
  }

  /** What is dropped counts as taken: its sender has nothing to do about it. */
  @Override
  public boolean acceptAll(List<LogEvent> drafts, Duration patience) throws InterruptedException {
    record Dropped(Verdict.Drop drop, Level level) {}
    List<LogEvent> kept = new ArrayList<>(drafts.size());
    List<Dropped> dropped = new ArrayList<>(0);
    for (LogEvent draft : drafts) {
      switch (transform.admit(draft.level())) {
        case Verdict.Keep keep -> kept.add(transform.shape(draft, keep));
        case Verdict.Drop drop -> dropped.add(new Dropped(drop, draft.level()));
        // Sources with batches have a rate limit of their own, which their senders are told of.
        case Verdict.Wait ignored -> kept.add(transform.shape(draft, Verdict.Keep.ONE));
      }
    }
    if (!kept.isEmpty() && !spool.acceptAll(kept, patience)) {
      return false;
    }
    for (Dropped each : dropped) {
      dropped(each.drop(), each.level());
    }
    return true;
  }

  private Verdict admitted(@Nullable Level level) throws InterruptedException {
    Verdict verdict = transform.admit(level);
    while (verdict instanceof Verdict.Wait wait) {
      Thread.sleep(wait.time());
      verdict = transform.admit(level);
    }
    return verdict;
  }

  /** A dropped record has no sequence of its own: the last one that was kept says where it was. */
  private void dropped(Verdict.Drop drop, @Nullable Level level) throws InterruptedException {
    Optional<SourceId> last = spool.lastId();
    transform.dropped(
        drop.reason(),
        level,
        last.map(SourceId::epoch).orElse(""),
        last.map(SourceId::sequence).orElse(0L));
  }
}
