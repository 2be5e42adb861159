package io.tocsin.agent;

import io.tocsin.agent.source.EventSink;
import io.tocsin.agent.source.Rounds;
import io.tocsin.agent.transform.RedactSettings;
import io.tocsin.agent.transform.Transform;
import io.tocsin.agent.transform.TransformSettings;
import io.tocsin.bootstrap.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sees to it that what sources drop is declared, also when nothing comes after it. */
final class Declarations implements AutoCloseable {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final EventSink sink;
  private final Clock clock;
  private final Map<String, Transform> transforms = new ConcurrentHashMap<>();
  private final Rounds rounds;

  Declarations(EventSink sink, Clock clock) {
    this.sink = sink;
    this.clock = clock;
    this.rounds = new Rounds("declarations", LOOK, this::declareWhenDue, System::nanoTime);
  }

  /** What is done to the records of a source, whose drops are declared here. */
  Transform of(
      String source,
      TransformSettings settings,
      @Nullable RedactSettings common,
      boolean canWait,
      Metrics metrics) {
    Transform transform =
        new Transform(source, settings, common, canWait, sink, clock, System::nanoTime, metrics);
    transforms.put(source, transform);
    return transform;
  }

  void start() {
    rounds.start();
  }

  /** Declares the rest of a source that is closed while others go on. */
  void end(String source) {
    @Nullable Transform transform = transforms.remove(source);
    if (transform != null) {
      try {
        transform.declare();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Declares the rest. After the sources' close, before the spool's. */
  @Override
  public void close() {
    rounds.close();
    try {
      for (Transform transform : transforms.values()) {
        transform.declare();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void declareWhenDue() throws InterruptedException {
    for (Transform transform : transforms.values()) {
      transform.declareWhenDue();
    }
  }
}
