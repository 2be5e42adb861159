package io.tocsin.alerting.prove;

import io.tocsin.alerting.engine.EventRecord;
import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.event.MalformedEventException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The records that a test feeds: written in the test, or a recording beside it. */
record TestEvents(List<EventRecord> records) {

  static TestEvents fromConfig(ConfigNode node) {
    List<EventRecord> records = new ArrayList<>();
    if (node.isMap()) {
      for (var unknown : node.unknownKeys(List.of("file"))) {
        throw node.invalid(
            "has a key that is none here: " + unknown.key(), "give a list, or file: alone");
      }
      ConfigNode file = node.get("file").orElseThrow(() -> node.missing("file", ""));
      readFile(file, records);
    } else {
      for (ConfigNode item : node.items()) {
        records.add(record(item));
      }
    }
    return new TestEvents(List.copyOf(records));
  }

  private static void readFile(ConfigNode file, List<EventRecord> records) {
    try {
      Recording.read(beside(file), records::add);
    } catch (UserError e) {
      throw file.invalid("cannot be used: " + e.getMessage(), e.remedy());
    }
  }

  private static EventRecord record(ConfigNode node) {
    List<String> keys = node.keys();
    if (!keys.contains("ts")) {
      throw node.missing("ts", "every record says when it happened");
    }
    @SuppressWarnings("unchecked")
    Map<String, @Nullable Object> fields =
        (Map<String, @Nullable Object>) Objects.requireNonNull(node.plain());
    try {
      return EventRecord.of(fields);
    } catch (MalformedEventException e) {
      throw node.get("ts").orElse(node).invalid("is no time: " + e.getMessage(), "");
    }
  }

  /** A path as the test means it: from the folder the test is in. */
  static Path beside(ConfigNode node) {
    return Path.of(node.file()).resolveSibling(node.as(Path.class));
  }
}
