package io.tocsin.agent.source.serial;

import io.tocsin.agent.parse.frame.FrameParser;
import io.tocsin.agent.parse.frame.FrameSink;
import io.tocsin.agent.parse.frame.ParsedFrame;
import io.tocsin.agent.parse.frame.Rejection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What becomes of each frame: telemetry, a log event or a count. For one thread. */
final class FrameDelivery implements FrameSink {

  private final FrameParser parser;
  private final DeviceLog log;
  private final @Nullable StateWatch states;
  private final @Nullable NoiseLog noiseLog;
  private final RejectionReport rejections;
  private final SerialMetrics metrics;
  private final Tally tally;
  private Instant readAt = Instant.EPOCH;

  FrameDelivery(
      FrameParser parser,
      DeviceLog log,
      @Nullable StateWatch states,
      @Nullable NoiseLog noiseLog,
      RejectionReport rejections,
      SerialMetrics metrics,
      Tally tally) {
    this.parser = parser;
    this.log = log;
    this.states = states;
    this.noiseLog = noiseLog;
    this.rejections = rejections;
    this.metrics = metrics;
    this.tally = tally;
  }

  /** When the bytes were read whose frames come next. */
  void readAt(Instant instant) {
    readAt = instant;
  }

  @Override
  public void frame(byte[] frame) throws InterruptedException {
    switch (parser.parse(frame)) {
      case ParsedFrame.Measurement it -> {
        count();
        log.measured(readAt, it.kind(), it.values(), it.meta());
        if (states != null) {
          states.see(readAt, it.values());
        }
      }
      case ParsedFrame.Message it -> {
        count();
        log.said(readAt, it.level(), it.event(), it.message(), it.meta());
      }
      case ParsedFrame.Unreadable it -> rejected(it.reason(), frame, frame.length);
    }
  }

  private void count() {
    tally.frames++;
    metrics.frame();
  }

  /** Half a frame is noise that a new beginning has shown to be none; the others are told of. */
  @Override
  public void rejected(Rejection reason, byte[] beginning, int length) throws InterruptedException {
    tally.rejected++;
    metrics.rejected(reason);
    if (reason == Rejection.TRUNCATED) {
      tally.resyncs++;
      countNoise(length);
      keep(beginning);
    } else {
      rejections.add(readAt, reason, beginning, length);
    }
  }

  @Override
  public void noise(byte[] piece) throws InterruptedException {
    countNoise(piece.length);
    keep(piece);
  }

  private void countNoise(int length) {
    tally.noiseBytes += length;
    metrics.noise(length);
  }

  private void keep(byte[] piece) throws InterruptedException {
    if (noiseLog != null) {
      noiseLog.keep(readAt, piece);
    }
  }
}
