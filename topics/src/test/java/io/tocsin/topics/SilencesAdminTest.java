package io.tocsin.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.event.silence.AlertMatch;
import io.tocsin.event.silence.Schedule;
import io.tocsin.event.silence.Silence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SilencesAdminTest {

  private static final Instant NOW = Instant.parse("2025-12-10T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void silencesArePutEndedRemovedAndForgottenInTheEnd(@TempDir Path data) {
    try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafka.Options.in(data))) {
      // Given
      KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
      SilencesAdmin admin = new SilencesAdmin(kafka);
      assertThatThrownBy(admin::list).isInstanceOf(UserError.class);
      TopicAdmin.applyDefaults(kafka);
      Silence sundays =
          new Silence(
              "sundays",
              AlertMatch.parse(List.of("rule=*")),
              NOW,
              null,
              Schedule.parse("every sunday 02:00-04:00 Europe/Istanbul"),
              "ayse",
              "backup",
              NOW);
      Silence running = silence("running", NOW, NOW.plus(HOUR));
      Silence tomorrow =
          silence("tomorrow", NOW.plus(HOUR.multipliedBy(24)), NOW.plus(HOUR.multipliedBy(25)));

      // When
      admin.put(sundays, NOW);
      admin.put(running, NOW);
      admin.put(tomorrow, NOW);

      // Then
      assertThat(admin.list().values()).containsExactly(running, sundays, tomorrow);

      // When
      Instant later = NOW.plusSeconds(60);
      assertThat(admin.end("running", later)).isTrue();
      assertThat(admin.end("running", later)).isFalse();
      assertThat(admin.end("tomorrow", later)).isTrue();
      assertThat(admin.end("unknown", later)).isFalse();

      // Then
      assertThat(admin.list().values()).containsExactly(running.endedAt(later), sundays);

      // When
      Instant longAfter = later.plus(SilencesAdmin.KEPT);
      Silence next = silence("next", longAfter, longAfter.plus(HOUR));
      admin.put(next, longAfter);

      // Then
      assertThat(admin.list().values()).containsExactly(next, sundays);
    }
  }

  private static Silence silence(String id, Instant from, Instant until) {
    return new Silence(
        id, AlertMatch.parse(List.of("service=api")), from, until, null, "ayse", "a test", NOW);
  }
}
