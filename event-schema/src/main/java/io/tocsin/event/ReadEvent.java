package io.tocsin.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a log event that an agent has read and whose meta is empty or stays as it was read:
 * most events of most logs, at a third of what a generator takes for them.
 */
final class ReadEvent {

  private static final byte[] TS = bytes("{\"ts\":\"");
  private static final byte[] SERVICE = bytes("\",\"service\":\"");
  private static final byte[] LEVEL = bytes("\",\"level\":\"");
  private static final byte[] EVENT = bytes("\",\"event\":\"");
  private static final byte[] MESSAGE = bytes("\",\"message\":\"");
  private static final byte[] META = bytes("\",\"meta\":");
  private static final byte[] HOST = bytes(",\"host\":\"");
  private static final byte[] SOURCE = bytes(",\"source\":\"");
  private static final byte[] ID = bytes(",\"id\":\"");

  /** The names and what stands around the values. */
  private static final int FRAME =
      TS.length
          + SERVICE.length
          + LEVEL.length
          + EVENT.length
          + MESSAGE.length
          + META.length
          + HOST.length
          + SOURCE.length
          + ID.length
          + "\"\"\"}".length();

  private final byte[] json;
  private int at;

  private ReadEvent(int length) {
    this.json = new byte[length];
  }

  /** Null for an event with another meta, or without host, source or id. */
  static byte @Nullable [] encode(LogEvent event) {
    Map<String, @Nullable Object> meta = event.meta();
    RawObject raw = meta instanceof RawObject it && it.isUnchanged() ? it : null;
    return (raw == null && !meta.isEmpty())
            || event.host() == null
            || event.source() == null
            || event.id() == null
        ? null
        : encode(event, raw, text(event.host()), text(event.source()), text(event.id()));
  }

  private static byte[] encode(
      LogEvent event, @Nullable RawObject meta, byte[] host, byte[] source, byte[] id) {
    byte[] ts = bytes(Timestamps.format(event.ts()));
    byte[] service = text(event.service());
    byte[] level = bytes(event.level().name());
    byte[] name = text(event.event());
    byte[] message = text(event.message());
    int texts = ts.length + service.length + level.length + name.length + message.length;
    int where = host.length + source.length + id.length;
    ReadEvent out =
        new ReadEvent(FRAME + texts + where + (meta == null ? "{}".length() : meta.length()));
    out.put(TS, ts).put(SERVICE, service).put(LEVEL, level).put(EVENT, name);
    out.put(MESSAGE, message).put(META);
    out.meta(meta);
    out.put(HOST, host).put('"').put(SOURCE, source).put('"').put(ID, id).put('"').put('}');
    return out.json;
  }

  /** As it stands between quotes. Half a surrogate pair, which UTF-8 cannot say, is replaced. */
  private static byte[] text(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return PlainText.end(bytes, 0, bytes.length) == bytes.length
        ? bytes
        : JsonStringEncoder.getInstance().quoteAsUTF8(new String(bytes, UTF_8));
  }

  private void meta(@Nullable RawObject raw) {
    if (raw == null) {
      put('{').put('}');
    } else {
      at = raw.copyTo(json, at);
    }
  }

  private ReadEvent put(byte[] name, byte[] value) {
    return put(name).put(value);
  }

  private ReadEvent put(byte[] bytes) {
    System.arraycopy(bytes, 0, json, at, bytes.length);
    at += bytes.length;
    return this;
  }

  private ReadEvent put(char c) {
    json[at++] = (byte) c;
    return this;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
