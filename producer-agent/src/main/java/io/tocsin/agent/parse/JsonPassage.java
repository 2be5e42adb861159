package io.tocsin.agent.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tocsin.event.EventCodec;
import io.tocsin.event.FlatJson;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.PlainText;
import io.tocsin.event.Timestamps;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the record of a simple JSON line straight from the line's bytes, with no event in between:
 * most lines of most logs are simple. What it does not know for sure it refuses; {@link LineParser}
 * and the codec, which know all, come to the same record. Not thread-safe, as the parser is not.
 */
public final class JsonPassage {

  private static final int ABSENT = -1;
  private static final int REFUSED = -2;

  /** A longer line is for the parser, so that no file's passage holds much memory. */
  private static final int LONGEST = 8 << 10;

  private static final List<Level> LEVELS = List.of(Level.values());
  private static final int INFO = LEVELS.indexOf(Level.INFO);
  private static final byte[] TS = bytes("{\"ts\":\"");
  private static final byte[] SERVICE = bytes("\",\"service\":");
  private static final byte[] LEVEL = bytes(",\"level\":\"");
  private static final byte[] EVENT = bytes("\",\"event\":");
  private static final byte[] MESSAGE = bytes(",\"message\":");
  private static final byte[] META = bytes(",\"meta\":{");
  private static final byte[] NO_EVENT = bytes("\"log\"");
  private static final byte[] NO_MESSAGE = bytes("\"\"");
  private static final byte[] END = bytes("\"}");

  /** More than all the above, a time, a level and a number. */
  private static final int FRAME = 160;

  private final FlatJson json = new FlatJson();
  private final EventTimes times;
  private final WireTime wireTime = new WireTime();
  private final String otherService;
  private final byte[] otherServiceText;
  private final FieldRoles.Names names;
  private final List<byte[]> levels;

  /** From the end of meta to the sequence in the id. */
  private final byte[] tail;

  /** Of the layouts that were met last, and which those are; the roles of the line at hand. */
  private final FieldRoles[] known = new FieldRoles[FlatJson.LAYOUTS];

  private final long[] layouts = new long[FlatJson.LAYOUTS];
  private FieldRoles roles = FieldRoles.NONE;

  private byte[] line = {};
  private Instant ts = Instant.EPOCH;
  private String service = "";
  private int serviceField;
  private int level = INFO;
  private int eventField;
  private int messageField;
  private byte[] out = {};
  private int at;

  JsonPassage(
      LineSettings settings, EventTimes times, String host, String source, String idPrefix) {
    this.times = times;
    this.otherService = settings.service();
    this.names = FieldRoles.Names.of(settings.fields());
    Arrays.fill(known, roles);
    Arrays.fill(layouts, ABSENT);
    this.levels = bytes(LEVELS.stream().map(Level::name).toList());
    LogEvent sample =
        new LogEvent(
            Instant.EPOCH, otherService, Level.INFO, "", "", Map.of(), host, source, idPrefix);
    String text = new String(EventCodec.encode(sample), UTF_8);
    int meta = text.indexOf(",\"meta\":{}") + META.length;
    this.tail = text.substring(meta, text.length() - END.length).getBytes(UTF_8);
    String behindTs = text.substring(TS.length + Timestamps.LENGTH + SERVICE.length);
    this.otherServiceText =
        behindTs.substring(0, behindTs.indexOf(",\"level\":\"INFO\"")).getBytes(UTF_8);
  }

  /**
   * Reads a line.
   *
   * @return false when it was refused: there is no level, service or record of it
   */
  public boolean read(byte[] buffer, int from, int length, Instant readAt) {
    if (length > LONGEST
        || !PlainText.isAscii(buffer, from, from + length)
        || !json.scan(buffer, from, length)) {
      return false;
    }
    line = buffer;
    roles = roles();
    int tsField = text(roles.ts());
    int levelField = text(roles.level());
    serviceField = text(roles.service());
    eventField = text(roles.event());
    messageField = text(roles.message());
    if (isBlankOrRefused(serviceField)
        || isBlankOrRefused(eventField)
        || messageField == REFUSED
        || (serviceField >= 0 && string(serviceField).indexOf('\\') >= 0)
        || !readLevel(levelField)
        || !readTs(tsField, readAt)) {
      return false;
    }
    service = serviceField == ABSENT ? otherService : string(serviceField);
    int longest = FRAME + otherServiceText.length + tail.length + length;
    if (out.length < longest) {
      out = new byte[longest + length];
    }
    return true;
  }

  /** The level of the line that was read. */
  public Level level() {
    return LEVELS.get(level);
  }

  /** The service of the line that was read. */
  public String service() {
    return service;
  }

  /**
   * The record of the line that was read, whose buffer must not have been used again.
   *
   * @param sequence the end of its id; not negative
   */
  public byte[] record(long sequence) {
    at = 0;
    put(TS);
    wireTime.write(ts, out, at);
    at += Timestamps.LENGTH;
    put(SERVICE);
    value(serviceField, otherServiceText);
    put(LEVEL);
    put(levels.get(level));
    put(EVENT);
    value(eventField, NO_EVENT);
    put(MESSAGE);
    value(messageField, NO_MESSAGE);
    put(META);
    meta();
    put(tail);
    digits(sequence);
    put(END);
    return Arrays.copyOf(out, at);
  }

  private FieldRoles roles() {
    long layout = json.layout();
    if (layout == ABSENT) {
      return FieldRoles.of(json, names);
    }
    int slot = (int) (layout % FlatJson.LAYOUTS);
    if (layouts[slot] != layout) {
      layouts[slot] = layout;
      known[slot] = FieldRoles.of(json, names);
    }
    return known[slot];
  }

  /** A field that is text; what is there and is not text is refused. */
  private int text(int field) {
    return field == ABSENT || line[json.valueAt(field)] == '"' ? field : REFUSED;
  }

  /** What begins with a visible character is not blank. */
  private boolean isBlankOrRefused(int field) {
    if (field < 0) {
      return field == REFUSED;
    }
    byte first = line[json.valueAt(field) + 1];
    return first <= ' ' || first == '"' || first == '\\';
  }

  private boolean readLevel(int field) {
    if (field < 0) {
      level = INFO;
      return field == ABSENT;
    }
    for (int i = 0; i < LEVELS.size(); i++) {
      byte[] name = levels.get(i);
      if (Arrays.equals(
          line, json.valueAt(field) + 1, json.valueEnd(field) - 1, name, 0, name.length)) {
        level = i;
        return true;
      }
    }
    level = Level.of(string(field)).map(LEVELS::indexOf).orElse(ABSENT);
    return level != ABSENT;
  }

  private boolean readTs(int field, Instant readAt) {
    @Nullable Instant read =
        field < 0
            ? null
            : times.read(line, json.valueAt(field) + 1, json.valueEnd(field) - 1, readAt);
    ts = read == null ? readAt : read;
    return read != null && Timestamps.isCanonical(read);
  }

  /** As it stands there, which is not what it says if there is a backslash. */
  private String string(int field) {
    int from = json.valueAt(field) + 1;
    return new String(line, from, json.valueEnd(field) - 1 - from, ISO_8859_1);
  }

  private void meta() {
    List<FieldRoles.Run> runs = roles.meta();
    for (int i = 0; i < runs.size(); i++) {
      if (i > 0) {
        out[at++] = ',';
      }
      // Neighbours go out in one piece, with what stands between them.
      copy(json.nameAt(runs.get(i).first()) - 1, json.valueEnd(runs.get(i).last()));
    }
  }

  private void value(int field, byte[] otherwise) {
    if (field == ABSENT) {
      put(otherwise);
    } else {
      copy(json.valueAt(field), json.valueEnd(field));
    }
  }

  private void digits(long number) {
    int end = at;
    for (long left = number; left > 9; left /= 10) {
      end++;
    }
    long left = number;
    for (int i = end; i >= at; i--) {
      out[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
    at = end + 1;
  }

  private void put(byte[] bytes) {
    System.arraycopy(bytes, 0, out, at, bytes.length);
    at += bytes.length;
  }

  private void copy(int from, int to) {
    System.arraycopy(line, from, out, at, to - from);
    at += to - from;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static List<byte[]> bytes(List<String> texts) {
    return texts.stream().map(text -> text.getBytes(UTF_8)).toList();
  }
}
