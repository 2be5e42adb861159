package io.tocsin.agent.parse.frame;

import static io.tocsin.bootstrap.config.InvalidValueException.require;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How frames stand in a stream: exactly one of {@code start} with {@code end}, {@code line}, {@code
 * length-prefix}, {@code cobs} and {@code slip}.
 */
public record Framing(
    @Doc("The mark before a frame, 1 to 8 characters up to \\xFF; goes with end")
        @Nullable String start,
    @Doc("The mark after a frame; goes with start") @Nullable String end,
    @Doc("A frame's greatest length, in bytes, without its marks") @Default("4096") int maxBytes,
    @Doc("A line is a frame") @Default("false") boolean line,
    @Doc("A frame follows its length, given in 1, 2 or 4 bytes, most significant first")
        @Nullable Integer lengthPrefix,
    @Doc("Consistent overhead byte stuffing, a zero byte after each frame") @Default("false")
        boolean cobs,
    @Doc("RFC 1055") @Default("false") boolean slip,
    @Doc("The last byte (xor, crc-8) or the last two (crc-16) of a frame prove the rest")
        @Nullable Checksum checksum) {

  /** Neither a typing error nor a device should make the agent hold more than this. */
  private static final int LARGEST = 1 << 20;

  public Framing {
    long chosen =
        Stream.of(start != null || end != null, line, lengthPrefix != null, cobs, slip)
            .filter(Boolean::booleanValue)
            .count();
    require(
        chosen == 1,
        "",
        null,
        "must be one of { start, end }, { line: true }, { length-prefix: 2 }, { cobs: true } and"
            + " { slip: true }");
    require(maxBytes >= 1 && maxBytes <= LARGEST, "max-bytes", maxBytes, "must be 1 to " + LARGEST);
    require(
        lengthPrefix == null || lengthPrefix == 1 || lengthPrefix == 2 || lengthPrefix == 4,
        "length-prefix",
        lengthPrefix,
        "must be 1, 2 or 4");
    require((start == null) == (end == null), "", null, "needs both start and end");
    requireMark("start", start);
    requireMark("end", end);
    require(start == null || !start.equals(end), "end", end, "must differ from start");
  }

  private static void requireMark(String key, @Nullable String mark) {
    require(
        mark == null
            || (!mark.isEmpty() && mark.length() <= 8 && mark.chars().allMatch(c -> c <= 0xFF)),
        key,
        mark,
        "must be 1 to 8 characters up to \\xFF");
  }

  /** A framer of this kind, at the beginning of a stream. */
  public Framer framer(FrameSink sink) {
    if (lengthPrefix != null) {
      return new LengthPrefixFramer(lengthPrefix, maxBytes, checksum, sink);
    }
    FrameSink proven = checksum == null ? sink : new ChecksumStage(checksum, sink);
    if (start != null && end != null) {
      return new DelimitedFramer(
          start.getBytes(ISO_8859_1), end.getBytes(ISO_8859_1), maxBytes, proven);
    } else if (line) {
      return new TerminatedFramer(
          Encodings.LINE_END, maxBytes, maxBytes + 1, Encodings::line, proven);
    } else if (cobs) {
      int longest = maxBytes + maxBytes / 254 + 1;
      return new TerminatedFramer(Encodings.COBS_END, maxBytes, longest, Encodings::cobs, proven);
    }
    return new TerminatedFramer(
        Encodings.SLIP_END, maxBytes, 2 * maxBytes, Encodings::slip, proven);
  }
}
