package io.tocsin.cli.demo;

import io.tocsin.event.EventCodec;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines as the station's Python services write them: JSON, stamped in local time. One thread. */
final class ServiceLog {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

  private final String logger;
  private final RotatingFile file;
  private final Clock clock;
  private final ZoneId zone;

  ServiceLog(String logger, RotatingFile file, Clock clock, ZoneId zone) {
    this.logger = logger;
    this.file = file;
    this.clock = clock;
    this.zone = zone;
  }

  void line(String level, String message, String module, Map<String, ?> more) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("timestamp", STAMP.format(LocalDateTime.ofInstant(clock.instant(), zone)));
    line.put("level", level);
    line.put("logger", logger);
    line.put("message", message);
    line.put("module", module);
    line.put("function", null);
    line.put("line", 20 + Math.floorMod(module.hashCode(), 80));
    line.putAll(more);
    byte[] json = EventCodec.encodeObject(line);
    byte[] ended = Arrays.copyOf(json, json.length + 1);
    ended[json.length] = '\n';
    file.append(ended);
  }
}
