package io.tocsin.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

  private static final Duration NOT_AT_ALL = Duration.ZERO;
  private final AtomicLong counted = new AtomicLong();

  @Test
  void aSlowReaderLosesTheOldestAndIsToldHowMany() throws InterruptedException {
    // Given
    Subscription subscription = subscription(3);

    // When
    for (int i = 1; i <= 5; i++) {
      subscription.offer(event(i));
    }

    // Then
    assertThat(drain(subscription))
        .containsExactly("dropped {\"count\":2}", "log 3", "log 4", "log 5");
    assertThat(counted).hasValue(2);
  }

  @Test
  void lossesAreToldOnce() throws InterruptedException {
    // Given
    Subscription subscription = subscription(1);
    subscription.offer(event(1));
    subscription.offer(event(2));
    drain(subscription);

    // When
    subscription.offer(event(3));

    // Then
    assertThat(drain(subscription)).containsExactly("log 3");
  }

  @Test
  void anEndedFeedWakesItsReader() throws InterruptedException {
    // Given
    Subscription subscription = subscription(3);

    // When
    subscription.end();

    // Then
    assertThat(subscription.next(Duration.ofSeconds(60))).isEmpty();
    assertThat(subscription.ended()).isTrue();
  }

  private Subscription subscription(int capacity) {
    return new Subscription(capacity, counted::addAndGet, gone -> {});
  }

  private static LiveEvent event(int number) {
    return new LiveEvent("log", Integer.toString(number).getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> drain(Subscription subscription) throws InterruptedException {
    List<String> all = new ArrayList<>();
    var next = subscription.next(NOT_AT_ALL);
    while (next.isPresent()) {
      LiveEvent event = next.get();
      all.add(event.type() + " " + new String(event.json(), StandardCharsets.UTF_8));
      next = subscription.next(NOT_AT_ALL);
    }
    return all;
  }
}
