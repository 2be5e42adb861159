package io.tocsin.notifier.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.EventCodec;
import io.tocsin.notifier.Alerts;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.pipeline.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReceiverTest {

  @TempDir private Path folder;

  private Outcome tell(Path path, Kind kind) {
    return new FileReceiver("audit", path, new Links(null))
        .deliver(
            new Notification(
                kind, kind == Kind.FIRING ? Alerts.firing("r", 1) : Alerts.resolved("r", 1), null));
  }

  @Test
  void eachNotificationIsALineOfJsonWhoeverMovesTheFileAway() throws Exception {
    // Given
    Path path = folder.resolve("alerts.ndjson");
    // When
    Outcome first = tell(path, Kind.FIRING);
    Files.move(path, folder.resolve("alerts.1"));
    tell(path, Kind.RESOLVED);
    tell(path, Kind.RESOLVED);
    // Then
    assertThat(first).isEqualTo(Outcome.delivered());
    List<String> lines = Files.readAllLines(path);
    assertThat(lines).hasSize(2).allMatch(line -> line.equals(lines.getFirst()));
    Map<String, ?> said =
        EventCodec.decodeObject(lines.getFirst().getBytes(StandardCharsets.UTF_8));
    assertThat(said.get("id")).asString().endsWith("/resolved");
    assertThat(said.get("receiver")).isEqualTo("audit");
    assertThat(said.get("kind")).isEqualTo("resolved");
    assertThat(Files.readString(folder.resolve("alerts.1"))).endsWith("}\n");
  }

  @Test
  void aLineThatWasCutOffIsNotJoinedToTheNext() throws Exception {
    // Given
    Path path = folder.resolve("alerts.ndjson");
    tell(path, Kind.FIRING);
    Files.writeString(path, "{\"version\":1,\"re", StandardOpenOption.APPEND);
    // When
    tell(path, Kind.RESOLVED);
    // Then
    assertThat(Files.readAllLines(path))
        .hasSize(3)
        .last()
        .asString()
        .contains("\"kind\":\"resolved\"");
  }

  @Test
  void aFileThatCannotBeWrittenIsTriedAgain() {
    // When
    Outcome outcome = tell(folder.resolve("missing").resolve("alerts.ndjson"), Kind.FIRING);
    // Then
    assertThat(outcome).isInstanceOf(Outcome.Retriable.class);
  }
}
