package io.tocsin.agent.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.agent.source.file.TailState.State;
import io.tocsin.bootstrap.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailStateTest {

  private static final Instant SEEN = Instant.parse("2026-01-15T10:00:00Z");

  @TempDir Path dir;

  @Test
  void everyFileIsShownWithWhatBecameOfIt() throws Exception {
    // Given
    Checkpoint complete = checkpoint("complete.log", "one\ntwo\n", 8);
    Checkpoint behind = checkpoint("behind.log", "one\ntwo\n", 4);
    Checkpoint renamed = checkpoint("renamed.log", "one\ntwo\n", 8);
    Files.move(renamed.path(), dir.resolve("renamed.log.1"));
    Files.writeString(renamed.path(), "three, of another file\n");
    Checkpoint anew = checkpoint("anew.log", "one\ntwo\n", 8);
    Files.writeString(anew.path(), "other text of some length\n");
    Checkpoint gone = checkpoint("gone.log", "one\n", 4);
    Files.delete(gone.path());
    new CheckpointFile(dir, "api").save(List.of(complete, behind, renamed, anew, gone));

    // When
    List<TailState> states = TailState.in(dir);

    // Then
    assertThat(states)
        .extracting(TailState::state)
        .containsExactly(State.COMPLETE, State.BEHIND, State.ROTATED, State.ROTATED, State.GONE);
    assertThat(states).extracting(TailState::lag).containsExactly(0L, 4L, 0L, 0L, 0L);
    assertThat(states).extracting(TailState::source).containsOnly("api");
    assertThat(states.getLast().size()).isEqualTo(-1);
    assertThat(states.getFirst().seen()).isEqualTo(SEEN);
  }

  @Test
  void aFolderWithoutCheckpointsIsSaidToBeNone() {
    assertThatThrownBy(() -> TailState.in(dir.resolve("none")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none");
  }

  private Checkpoint checkpoint(String name, String text, long offset) throws IOException {
    Path path = Files.writeString(dir.resolve(name), text);
    Sighting here = Sighting.of(path).orElseThrow();
    try (FileChannel channel = FileChannel.open(path)) {
      return new Checkpoint(
          "epoch-" + name,
          path,
          here.key(),
          Fingerprint.ofHead(channel).orElseThrow(),
          offset,
          Fingerprint.ofTail(channel, offset).orElseThrow(),
          here.modified(),
          SEEN);
    }
  }
}
