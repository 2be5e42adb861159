package io.tocsin.console.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hands events to all who watch. A newcomer first gets the latest errors and the latest measurement
 * of each device, so that nothing falls between what the index shows already and what is new.
 * Thread-safe.
 */
final class Broadcast {

  private static final int LATEST_LOGS = 20;
  private static final int LATEST_DEVICES = 100;

  private final Set<Subscription> subscriptions = new LinkedHashSet<>();
  private final Deque<LiveEvent> logs = new ArrayDeque<>();
  private final Map<String, LiveEvent> devices = new LinkedHashMap<>();
  private final int maxSubscriptions;
  private final int queue;
  private final FeedMetrics metrics;
  private boolean ended;

  Broadcast(int maxSubscriptions, int queue, FeedMetrics metrics) {
    this.maxSubscriptions = maxSubscriptions;
    this.queue = queue;
    this.metrics = metrics;
  }

  synchronized Optional<Subscription> subscribe() {
    if (ended || subscriptions.size() >= maxSubscriptions) {
      return Optional.empty();
    }
    Subscription subscription = new Subscription(queue, metrics::dropped, this::leave);
    subscriptions.add(subscription);
    logs.forEach(subscription::offer);
    devices.values().forEach(subscription::offer);
    return Optional.of(subscription);
  }

  private synchronized void leave(Subscription subscription) {
    subscriptions.remove(subscription);
  }

  synchronized int watching() {
    return subscriptions.size();
  }

  synchronized void publish(LiveEvent event) {
    subscriptions.forEach(subscription -> subscription.offer(event));
  }

  synchronized void publishLog(LiveEvent event) {
    logs.addLast(event);
    if (logs.size() > LATEST_LOGS) {
      logs.removeFirst();
    }
    publish(event);
  }

  synchronized void publishTelemetry(String device, LiveEvent event) {
    devices.remove(device);
    devices.put(device, event);
    if (devices.size() > LATEST_DEVICES) {
      devices.remove(devices.keySet().iterator().next());
    }
    publish(event);
  }

  synchronized void end() {
    ended = true;
    List.copyOf(subscriptions).forEach(Subscription::end);
  }
}
