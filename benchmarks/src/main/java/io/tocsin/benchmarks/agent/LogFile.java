package io.tocsin.benchmarks.agent;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Random;

/** A log as a web service writes it: distinct JSON lines of about 290 bytes. */
final class LogFile {

  /** Which program the lines are of: one key, so one partition. */
  static final String SERVICE = "api";

  private static final LocalDateTime START = LocalDateTime.of(2026, 1, 15, 0, 0);

  private LogFile() {}

  static Path write(Path file, long lines) throws IOException {
    Random random = new Random(lines);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (long i = 0; i < lines; i++) {
        out.write(line(i, random));
        out.write('\n');
      }
    }
    return file;
  }

  private static String line(long number, Random random) {
    String path = "/api/stations/" + random.nextInt(900);
    return String.format(
        Locale.ROOT,
        "{\"timestamp\": \"%s.%06d\", \"level\": \"%s\", \"logger\": \"api\", \"message\":"
            + " \"GET %s\", \"type\": \"api_request\", \"path\": \"%s\","
            + " \"client_ip\": \"10.0.%d.%d\", \"status_code\": %d, \"response_time_ms\": %.2f,"
            + " \"user_id\": \"user-%d\", \"request_id\": \"%016x\"}",
        START.plusSeconds(number / 100),
        1 + number % 100 * 10_000,
        number % 50 == 0 ? "ERROR" : "INFO",
        path,
        path,
        random.nextInt(256),
        random.nextInt(256),
        number % 50 == 0 ? 500 : 200,
        random.nextInt(20_000) / 100.0,
        random.nextInt(5_000),
        random.nextLong());
  }
}
