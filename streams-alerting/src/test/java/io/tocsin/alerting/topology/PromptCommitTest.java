package io.tocsin.alerting.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class PromptCommitTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final SettableClock clock = new SettableClock(NOW);
  private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
  private final PromptCommit commit = new PromptCommit(context, clock);

  @Test
  void whatCameOfAFreshRecordIsCommittedAtOnce() {
    // When
    commit.ask(NOW.minusMillis(499));

    // Then
    assertThat(context.committed()).isTrue();
  }

  @Test
  void aBacklogIsLeftToTheInterval() {
    // When
    commit.ask(NOW.minusMillis(500));

    // Then
    assertThat(context.committed()).isFalse();
  }

  @Test
  void aFloodIsCommittedEveryTwentyMilliseconds() {
    // Given
    commit.ask(NOW);
    context.resetCommit();

    // When
    clock.advance(Duration.ofMillis(19));
    commit.ask(NOW);
    boolean tooSoon = context.committed();
    clock.advance(Duration.ofMillis(1));
    commit.ask(NOW);

    // Then
    assertThat(tooSoon).isFalse();
    assertThat(context.committed()).isTrue();
  }
}
