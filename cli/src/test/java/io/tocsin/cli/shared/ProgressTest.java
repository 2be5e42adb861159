package io.tocsin.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void speaksEveryTwoSecondsAndNotBefore() {
    // Given a step that takes a second
    AtomicLong now = new AtomicLong();
    StringWriter text = new StringWriter();
    Progress progress = Progress.of(new PrintWriter(text), now::get, "read", "records");
    // When
    for (int i = 0; i < 5; i++) {
      now.addAndGet(TimeUnit.SECONDS.toNanos(1));
      progress.step();
    }
    // Then
    assertThat(text.toString().lines()).containsExactly("read 2 records …", "read 4 records …");
  }
}
