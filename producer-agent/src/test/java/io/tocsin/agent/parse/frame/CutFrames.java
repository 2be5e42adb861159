package io.tocsin.agent.parse.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Everything a framer found, as text of one character a byte. */
final class CutFrames implements FrameSink {

  final List<String> frames = new ArrayList<>();
  final List<Rejection> rejections = new ArrayList<>();
  final List<String> noise = new ArrayList<>();
  long rejectedBytes;

  @Override
  public void frame(byte[] frame) {
    frames.add(new String(frame, ISO_8859_1));
  }

  @Override
  public void rejected(Rejection reason, byte[] beginning, int length) {
    if (beginning.length > KEPT || beginning.length > length) {
      throw new AssertionError("kept " + beginning.length + " of " + length);
    }
    rejections.add(reason);
    rejectedBytes += length;
  }

  @Override
  public void noise(byte[] piece) {
    if (piece.length == 0 || piece.length > KEPT) {
      throw new AssertionError("a piece of " + piece.length);
    }
    noise.add(new String(piece, ISO_8859_1));
  }

  static CutFrames of(Framing framing, byte[]... chunks) {
    CutFrames cut = new CutFrames();
    Framer framer = framing.framer(cut);
    try {
      for (byte[] chunk : chunks) {
        framer.accept(chunk, chunk.length);
      }
      framer.idle();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return cut;
  }

  static CutFrames of(Framing framing, String text) {
    return of(framing, text.getBytes(ISO_8859_1));
  }

  /** The bytes in pieces of 1 to {@code longest}, the same ones for the same seed. */
  static byte[][] pieces(byte[] bytes, int longest, long seed) {
    Random random = new Random(seed);
    List<byte[]> pieces = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      int to = Math.min(bytes.length, at + 1 + random.nextInt(longest));
      pieces.add(Arrays.copyOfRange(bytes, at, to));
      at = to;
    }
    return pieces.toArray(byte[][]::new);
  }
}
