package io.tocsin.agent.spool;

import io.tocsin.agent.disk.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The segment being written. For the writer's thread alone. */
final class ActiveSegment {

  private final SpoolFolder folder;
  private @Nullable FileChannel channel;
  private @Nullable Segment segment;

  ActiveSegment(SpoolFolder folder) {
    this.folder = folder;
  }

  /** Appends frames; they are on the disk, and readable, when this returns. */
  void append(long firstSequence, ByteBuffer frames) throws IOException {
    long size = segment == null ? 0 : segment.durableBytes();
    if (channel == null
        || segment == null
        || (size > Segment.START && size + frames.remaining() > folder.options().segmentBytes())) {
      roll(firstSequence);
    }
    write(frames);
  }

  /**
   * Gives the current file up after an error: what a failed write or force left of it in the page
   * cache cannot be trusted, so the group goes into a new file. The old one ends where it was last
   * known to be good, and a part of the group in it must not outlive that: after a restart it would
   * stand for other records of the same sequences.
   */
  void abandon() {
    if (channel != null && segment != null) {
      try {
        channel.truncate(segment.durableBytes());
      } catch (IOException e) {
        // Then the reader stops where the next segment begins.
      }
    }
    close();
  }

  void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // Everything that counts was forced; a failing close cannot take it back.
      }
      channel = null;
    }
    segment = null;
  }

  private void roll(long firstSequence) throws IOException {
    close();
    Path path = Segment.pathOf(folder.options().directory(), firstSequence);
    channel = Segment.create(path);
    segment = folder.segments().begin(firstSequence, path);
    AtomicFile.forceDirectory(folder.options().directory());
  }

  private void write(ByteBuffer frames) throws IOException {
    if (channel == null || segment == null) {
      throw new IOException("the segment is closed");
    }
    long size = frames.remaining();
    Segment.writeFully(channel, frames);
    channel.force(false);
    folder.segments().resize(segment, segment.durableBytes() + size);
  }
}
