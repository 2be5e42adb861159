package io.tocsin.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bytes of a real station's port, and what is in them, found without any code of Tocsin's. */
record Recording(byte[] bytes, List<Map<String, Object>> stats, List<LoggedFrame> logged) {

  private static final Pattern FRAME = Pattern.compile("<([^<>]*)>");

  /** A frame that is to become a log event: its level, and its text between the brackets. */
  record LoggedFrame(String level, String text) {}

  static Recording load() throws IOException {
    byte[] bytes;
    try (InputStream in = Recording.class.getResourceAsStream("/charger/station-a.capture")) {
      bytes = in.readAllBytes();
    }
    List<Map<String, Object>> stats = new ArrayList<>();
    List<LoggedFrame> logged = new ArrayList<>();
    Matcher frames = FRAME.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    while (frames.find()) {
      String text = frames.group(1);
      String tag = text.split("[;=]", 2)[0];
      switch (tag) {
        case "STAT" -> stats.add(values(text));
        case "WARN" -> logged.add(new LoggedFrame("WARNING", text));
        case "ERR" -> logged.add(new LoggedFrame("ERROR", text));
        default -> logged.add(new LoggedFrame("INFO", text));
      }
    }
    return new Recording(bytes, stats, logged);
  }

  private static Map<String, Object> values(String text) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String pair : text.split(";")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(pair.substring(0, equals), new BigDecimal(pair.substring(equals + 1)));
      }
    }
    return values;
  }
}
