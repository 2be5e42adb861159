package io.tocsin.agent.source.stdin;

import io.tocsin.agent.parse.LineParser;
import io.tocsin.agent.pattern.GiveUps;
import io.tocsin.agent.source.EventSink;
import io.tocsin.agent.source.LineSplitter;
import io.tocsin.agent.source.Source;
import io.tocsin.agent.source.SourceStatus;
import io.tocsin.bootstrap.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads lines from a stream until it ends. A sink without room makes the writer wait. */
public final class StdinSource implements Source {

  private static final Logger LOG = LoggerFactory.getLogger(StdinSource.class);
  private static final int CHUNK = 64 << 10;

  /** Who pipes is most likely told to stop at the same time; its last words are waited for. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final StdinConfig config;
  private final InputStream in;
  private final EventSink sink;
  private final InstantSource clock;
  private final LineParser parser;
  private final LongAdder records = new LongAdder();
  private final Thread thread;
  private volatile boolean ended;

  /**
   * A source that has read nothing yet.
   *
   * @param in is not closed
   */
  public StdinSource(
      StdinConfig config, InputStream in, EventSink sink, InstantSource clock, Metrics metrics) {
    this.config = config;
    this.in = in;
    this.sink = sink;
    this.clock = clock;
    this.parser = new LineParser(config.lines(), new GiveUps(metrics, config.name())::add);
    // A read of the standard input cannot be interrupted: the thread must not keep the process.
    this.thread = Thread.ofPlatform().daemon().name("stdin").unstarted(this::run);
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public SourceStatus status() {
    return new SourceStatus(true, ended ? "the input has ended" : "reads", records.sum());
  }

  /** Whether the stream has ended and every line of it is with the sink. */
  @Override
  public boolean isEnded() {
    return ended;
  }

  @Override
  public void close() {
    try {
      if (thread.getState() != Thread.State.NEW && !thread.join(LAST_WORDS)) {
        thread.interrupt(); // it may wait for a sink that takes nothing
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    LineSplitter lines = new LineSplitter(Math.toIntExact(config.maxLine().bytes()), this::line);
    byte[] chunk = new byte[CHUNK];
    try {
      int count = in.read(chunk);
      while (count >= 0) {
        lines.add(chunk, count);
        count = in.read(chunk);
      }
      lines.end();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("The standard input broke off");
    } catch (IllegalStateException e) {
      LOG.atWarn().log("The agent stopped before its standard input ended");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended = true;
    }
  }

  private void line(byte[] buffer, int length, long cut) throws InterruptedException {
    if (cut > 0 || !new String(buffer, 0, length, config.charset()).isBlank()) {
      sink.accept(parser.parse(buffer, 0, length, cut, clock.instant()));
      records.increment();
    }
  }
}
