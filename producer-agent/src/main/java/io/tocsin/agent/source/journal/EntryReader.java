package io.tocsin.agent.source.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tocsin.agent.parse.LineParser;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes an event of a journal entry, as {@code journalctl -o json} writes it (systemd's journal
 * export formats): text, an array of bytes for what is no text, an array of these for a field that
 * stands more than once. Not thread-safe.
 */
final class EntryReader {

  private static final String SERVICE = ".service";

  /** What systemd says of a unit belongs to the unit. */
  private static final List<String> NAMES_WITHOUT_UNIT =
      List.of("UNIT", "USER_UNIT", "SYSLOG_IDENTIFIER", "_COMM");

  /** A program may use a field named UNIT for something else. */
  private static final List<String> NAMES_OF_UNIT = List.of("_SYSTEMD_USER_UNIT", "_SYSTEMD_UNIT");

  /** What the journal itself adds, and the name under which it is kept. */
  private static final Map<String, String> TRUSTED =
      Map.of(
          "_SYSTEMD_UNIT", "unit",
          "SYSLOG_IDENTIFIER", "identifier",
          "_PID", "pid",
          "CONTAINER_NAME", "container");

  /** What is said elsewhere in the event, or of the way it came. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "MESSAGE", "PRIORITY", "SYSLOG_FACILITY", "SYSLOG_PID", "SYSLOG_TIMESTAMP", "SYSLOG_RAW");

  private final JournalConfig config;
  private final @Nullable LineParser messages;

  EntryReader(JournalConfig config, Runnable givenUp) {
    this.config = config;
    this.messages = config.lines() == null ? null : new LineParser(config.lines(), givenUp);
  }

  /** An event without host, source and id. */
  LogEvent event(Map<String, @Nullable Object> entry, Instant readAt) {
    Instant ts = time(entry, readAt);
    String service = service(entry);
    byte[] message = bytes(entry.get("MESSAGE"));
    Map<String, @Nullable Object> meta = meta(entry);
    if (messages != null) {
      return parsed(messages.parse(message, 0, message.length, 0, ts), service, level(entry), meta);
    }
    String text = new String(message, UTF_8);
    if (entry.get("MESSAGE") instanceof List<?> && text.indexOf('\uFFFD') >= 0) {
      meta.put("raw_base64", Base64.getEncoder().encodeToString(message));
    }
    return LogEvent.of(ts, service, level(entry), "log", text, meta);
  }

  /** What a message says of itself counts for more than what the journal knows of it. */
  private LogEvent parsed(
      LogEvent said, String service, Level known, Map<String, @Nullable Object> meta) {
    said.meta().forEach(meta::put);
    // A message that says no level is INFO; the journal may know better.
    Level level = said.level() == Level.INFO ? known : said.level();
    boolean named = config.fields().service() != null && !said.service().equals("journal");
    return LogEvent.of(
        said.ts(), named ? said.service() : service, level, said.event(), said.message(), meta);
  }

  private String service(Map<String, @Nullable Object> entry) {
    if (config.service() != null) {
      return config.service();
    }
    for (String field : isOfNoUnit(entry) ? NAMES_WITHOUT_UNIT : NAMES_OF_UNIT) {
      String name = text(entry.get(field));
      if (!name.isBlank()) {
        return name.endsWith(SERVICE) ? name.substring(0, name.length() - SERVICE.length()) : name;
      }
    }
    return "journal";
  }

  /** Of systemd itself, of the kernel, or of what runs under neither. */
  private static boolean isOfNoUnit(Map<String, @Nullable Object> entry) {
    String unit = text(entry.get("_SYSTEMD_UNIT"));
    return unit.isBlank() || unit.equals("init.scope");
  }

  private static Level level(Map<String, @Nullable Object> entry) {
    return Level.of(text(entry.get("PRIORITY"))).orElse(Level.INFO);
  }

  /** When it was said, or else when the journal got it. */
  private static Instant time(Map<String, @Nullable Object> entry, Instant readAt) {
    for (String field : List.of("_SOURCE_REALTIME_TIMESTAMP", "__REALTIME_TIMESTAMP")) {
      try {
        String micros = text(entry.get(field));
        if (!micros.isEmpty()) {
          return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
        }
      } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
        // What the journal writes is a number; what pretends to be one is not believed.
      }
    }
    return readAt;
  }

  private static Map<String, @Nullable Object> meta(Map<String, @Nullable Object> entry) {
    Map<String, @Nullable Object> meta = new LinkedHashMap<>();
    entry.forEach(
        (name, value) -> {
          String trusted = TRUSTED.get(name);
          if (trusted != null) {
            meta.put(trusted, readable(value));
          } else if (!name.startsWith("_") && !LEFT_OUT.contains(name)) {
            meta.put(name, readable(value));
          }
        });
    return meta;
  }

  private static @Nullable Object readable(@Nullable Object value) {
    return switch (value) {
      case List<?> list when isBytes(list) -> text(list);
      case List<?> list -> list.stream().map(EntryReader::text).toList();
      case null, default -> value;
    };
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case List<?> list when isBytes(list) -> new String(bytes(list), UTF_8);
      case List<?> list -> list.stream().map(EntryReader::text).collect(Collectors.joining("\n"));
      default -> value.toString();
    };
  }

  private static byte[] bytes(@Nullable Object value) {
    if (!(value instanceof List<?> list) || !isBytes(list)) {
      return text(value).getBytes(UTF_8);
    }
    byte[] bytes = new byte[list.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = ((Number) Objects.requireNonNull(list.get(i))).byteValue();
    }
    return bytes;
  }

  private static boolean isBytes(List<?> list) {
    return !list.isEmpty() && list.stream().allMatch(item -> item instanceof Number);
  }
}
