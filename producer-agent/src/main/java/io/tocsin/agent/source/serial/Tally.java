package io.tocsin.agent.source.serial;

import java.util.Map;

/** What one connection brought. For one thread. */
final class Tally {

  long bytes;
  long frames;
  long noiseBytes;
  long rejected;
  long resyncs;

  void addTo(Map<String, Object> meta) {
    meta.put("bytes", bytes);
    meta.put("frames", frames);
    meta.put("noise_bytes", noiseBytes);
    meta.put("frames_rejected", rejected);
    meta.put("resyncs", resyncs);
  }

  void clear() {
    bytes = 0;
    frames = 0;
    noiseBytes = 0;
    rejected = 0;
    resyncs = 0;
  }
}
