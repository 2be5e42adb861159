package io.tocsin.faults.agent;

import io.tocsin.agent.spool.SpoolInspection;
import io.tocsin.agent.spool.SpoolInspection.SegmentState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;

/** What a power cut or a bad sector does to the spool of an agent that is not running. */
final class SpoolDamage {

  private final Path spool;
  private final Random random;

  SpoolDamage(Path spool, Random random) {
    this.spool = spool;
    this.random = random;
  }

  /** Cuts the newest file short; how many records that wait for the broker it cost. */
  long cut() throws IOException {
    return counted(
        (channel, size) -> channel.truncate(Math.max(0, size - 1 - random.nextInt(2_000))));
  }

  /** Flips one bit of the newest file; how many records that wait for the broker it cost. */
  long flip() throws IOException {
    return counted(
        (channel, size) -> {
          long at = (long) (random.nextDouble() * size);
          ByteBuffer one = ByteBuffer.allocate(1);
          if (channel.read(one, at) == 1) {
            one.put(0, (byte) (one.get(0) ^ 1 << random.nextInt(8)));
            channel.write(one.rewind(), at);
          }
        });
  }

  private interface Blow {
    void strike(FileChannel channel, long size) throws IOException;
  }

  private long counted(Blow blow) throws IOException {
    SpoolInspection before = SpoolInspection.of(spool);
    List<SegmentState> segments = before.segments();
    if (segments.isEmpty()) {
      return 0;
    }
    Path newest = spool.resolve(segments.getLast().file());
    try (FileChannel channel =
        FileChannel.open(newest, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      blow.strike(channel, channel.size());
    }
    return before.unacknowledged() - SpoolInspection.of(spool).unacknowledged();
  }
}
