package io.tocsin.agent.source.serial;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.tocsin.agent.parse.frame.Rejection;
import io.tocsin.bootstrap.Metrics;

/** The counters of one device. */
final class SerialMetrics {

  private final String device;
  private final CounterDataPoint bytes;
  private final CounterDataPoint frames;
  private final CounterDataPoint noise;
  private final CounterDataPoint connects;
  private final CounterDataPoint polls;
  private final CounterDataPoint unsentPolls;
  private final CounterDataPoint untoldNoise;
  private final Counter rejected;

  SerialMetrics(Metrics metrics, String device) {
    this.device = device;
    bytes = of(metrics, "bytes", "Bytes read from the port", device);
    frames = of(metrics, "frames", "Frames handed on", device);
    noise = of(metrics, "noise_bytes", "Bytes outside of frames", device);
    connects = of(metrics, "connects", "Openings of the port", device);
    polls = of(metrics, "polls", "Polls sent to the device", device);
    unsentPolls = of(metrics, "polls_unsent", "Polls that the port would not take", device);
    untoldNoise = of(metrics, "noise_untold", "Pieces of noise that were too many to keep", device);
    rejected =
        metrics.counter(
            "tocsin_agent_serial_frames_rejected", "Frames not taken", "device", "reason");
  }

  private static CounterDataPoint of(Metrics metrics, String what, String help, String device) {
    return metrics.counter("tocsin_agent_serial_" + what, help, "device").labelValues(device);
  }

  void read(int count) {
    bytes.inc(count);
  }

  void frame() {
    frames.inc();
  }

  void noise(int count) {
    noise.inc(count);
  }

  void noiseUntold() {
    untoldNoise.inc();
  }

  void connected() {
    connects.inc();
  }

  void polled(boolean sent) {
    (sent ? polls : unsentPolls).inc();
  }

  void rejected(Rejection reason) {
    rejected.labelValues(device, reason.label()).inc();
  }
}
