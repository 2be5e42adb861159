package io.tocsin.faults.indexer;

import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What the indexer is given: numbered log events of about 290 bytes over three days, and records of
 * every kind that has ever stopped an indexer. The same seed gives the same bytes.
 */
final class Freight {

  /** A record that is not an ordinary event, and what must come of it. */
  enum Kind {
    EVENT(null),
    NO_ID(null),
    LINE_ENDS(null),
    DOTTED_KEYS(null),
    LONG_TERM(null),
    NOT_JSON("not_json"),
    CUT_OFF("not_json"),
    TWO_OBJECTS("not_json"),
    NOT_UTF8("not_json"),
    NOT_OBJECT("not_object"),
    NOTHING("empty"),
    TOMBSTONE("no_value"),
    NO_TS("bad_ts"),
    TS_1970("bad_ts"),
    TS_9999("bad_ts"),
    TOO_DEEP("too_deep"),
    SAME_KEY_TWICE("duplicate_key"),
    MANY_FIELDS(null),
    FIVE_MEGABYTES(null),
    TWELVE_MEGABYTES("too_large");

    private final @Nullable String reason;

    Kind(@Nullable String reason) {
      this.reason = reason;
    }

    /** The reason of its dead letter; null for what must be found in the index. */
    @Nullable String reason() {
      return reason;
    }

    boolean isHeavy() {
      return this == MANY_FIELDS || this == FIVE_MEGABYTES || this == TWELVE_MEGABYTES;
    }
  }

  private static final List<Kind> ODD = odd(false);
  private static final List<Kind> HEAVY = odd(true);

  private final long seed;
  private final Instant begin;

  Freight(long seed, Instant begin) {
    this.seed = seed;
    this.begin = begin;
  }

  private static List<Kind> odd(boolean heavy) {
    List<Kind> kinds = new ArrayList<>(Arrays.asList(Kind.values()));
    kinds.remove(Kind.EVENT);
    kinds.removeIf(kind -> kind.isHeavy() != heavy);
    return kinds;
  }

  /** One of the odd kinds in turn. */
  static Kind odd(long turn) {
    return ODD.get((int) (turn % ODD.size()));
  }

  /** One of those that weigh much in turn. */
  static Kind heavy(long turn) {
    return HEAVY.get((int) (turn % HEAVY.size()));
  }

  byte[] key(long number) {
    return ("service-" + number % 12).getBytes(StandardCharsets.UTF_8);
  }

  /** The value of a record; null for a tombstone. */
  byte @Nullable [] value(Kind kind, long number) {
    String ts = begin.plus(Duration.ofMillis(number * 997 % 259_200_000L)).toString();
    return switch (kind) {
      case EVENT -> event(number, "edge/api/1/" + number);
      case NO_ID -> event(number, null);
      case LINE_ENDS -> text("{\r\n\"ts\":\"%s\",\n\"message\":\"%d\"}\n".formatted(ts, number));
      case DOTTED_KEYS ->
          text(
              "{\"ts\":\"%s\",\"service\":\"x\",\"service.name\":%d,\"a..b\":1}"
                  .formatted(ts, number));
      case LONG_TERM ->
          text(
              "{\"ts\":\"%s\",\"meta\":{\"k\":\"%s\",\"n\":%d}}"
                  .formatted(ts, "x".repeat(40_000), number));
      case NOT_JSON -> text("<3>Nov 21 charger: line %d".formatted(number));
      case CUT_OFF -> Arrays.copyOf(event(number, "cut"), 100);
      case TWO_OBJECTS -> text("{\"ts\":\"%s\"}{\"n\":%d}".formatted(ts, number));
      case NOT_UTF8 -> latin(ts, number);
      case NOT_OBJECT -> text("[%d]".formatted(number));
      case NOTHING -> text(" \n");
      case TOMBSTONE -> null;
      case NO_TS -> text("{\"service\":\"api\",\"message\":\"%d\"}".formatted(number));
      case TS_1970 ->
          text("{\"ts\":\"1970-01-01T00:00:00Z\",\"message\":\"%d\"}".formatted(number));
      case TS_9999 ->
          text("{\"ts\":\"9999-12-31T23:59:59Z\",\"message\":\"%d\"}".formatted(number));
      case TOO_DEEP ->
          text(
              "{\"ts\":\"%s\",\"meta\":%s%s}"
                  .formatted(ts, "{\"a\":".repeat(500), "1" + "}".repeat(500)));
      case SAME_KEY_TWICE ->
          text("{\"ts\":\"%s\",\"service\":\"a\",\"service\":\"%d\"}".formatted(ts, number));
      case MANY_FIELDS -> manyFields(ts, number);
      case FIVE_MEGABYTES ->
          text("{\"ts\":\"%s\",\"message\":\"%s\"}".formatted(ts, "m".repeat(5_000_000)));
      case TWELVE_MEGABYTES ->
          text("{\"ts\":\"%s\",\"message\":\"%s\"}".formatted(ts, "m".repeat(12_000_000)));
    };
  }

  private byte[] event(long number, @Nullable String id) {
    Random random = new Random(seed * 1_000_003 + number);
    Instant ts = begin.plus(Duration.ofMillis(number * 997 % 259_200_000L));
    return EventCodec.encode(
        new LogEvent(
            ts,
            "service-" + number % 12,
            number % 50 == 0 ? Level.ERROR : Level.INFO,
            "request_done",
            "request " + random.nextInt(1_000_000) + " took its way through the house",
            Map.of(
                "duration_ms", random.nextInt(2_000),
                "user_id", "user-" + random.nextInt(5_000),
                "path", "/v1/stations/" + random.nextInt(900)),
            "edge-" + number % 7,
            "api",
            id));
  }

  private static byte[] manyFields(String ts, long number) {
    StringBuilder json = new StringBuilder(400_000);
    json.append("{\"ts\":\"").append(ts).append('"');
    for (int i = 0; i < 20_000; i++) {
      json.append(",\"field_").append(i).append("\":").append(number);
    }
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] latin(String ts, long number) {
    return "{\"ts\":\"%s\",\"message\":\"\u00e9t\u00e9 %d\"}"
        .formatted(ts, number)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
