package io.tocsin.alerting.prove;

import io.tocsin.alerting.engine.EventRecord;
import io.tocsin.bootstrap.UserError;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads records from a file, one JSON object a line, as the topics carry them. */
public final class Recording {

  private Recording() {}

  /**
   * Hands on every record, in the file's order; blank lines are left out.
   *
   * @throws UserError when the file cannot be read, or naming the first line that is no record
   */
  public static void read(Path file, Consumer<EventRecord> records) {
    long number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          records.accept(record(line.getBytes(StandardCharsets.UTF_8)));
        }
      }
    } catch (MalformedEventException e) {
      throw new UserError(file + ":" + number + ": " + e.getMessage(), "mend or remove the line");
    } catch (IOException e) {
      throw new UserError(file + " cannot be read: " + e.getMessage(), "check the path");
    }
  }

  /** A record that has a device and no level is telemetry; the rest are log events. */
  private static EventRecord record(byte[] line) throws MalformedEventException {
    Map<String, @Nullable Object> fields = EventCodec.decodeObject(line);
    return fields.containsKey("device") && !fields.containsKey("level")
        ? EventRecord.of(EventCodec.decodeTelemetry(line))
        : EventRecord.of(EventCodec.decodeLog(line));
  }
}
