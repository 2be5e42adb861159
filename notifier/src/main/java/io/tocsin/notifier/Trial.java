package io.tocsin.notifier;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.Secret;
import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Severity;
import io.tocsin.event.Alert.Status;
import io.tocsin.notifier.email.EmailReceiver;
import io.tocsin.notifier.file.FileReceiver;
import io.tocsin.notifier.http.HttpCaller;
import io.tocsin.notifier.http.HttpRecorder;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.message.Template;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Receiver;
import io.tocsin.notifier.slack.SlackBot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One receiver tried by hand, apart from any topic: what it would be sent, or a notification that
 * it is sent. It is made of the same parts as in the running notifier. Not thread-safe.
 */
public final class Trial {

  /** The rule that test notifications name; no rule file can hold it, as names are lower case. */
  public static final String TEST_RULE = "TEST";

  private final NotifierConfig config;
  private final String name;
  private final ReceiverConfig receiver;
  private final Clock clock;

  /**
   * Of one receiver of a configuration.
   *
   * @throws UserError when it has no such receiver
   */
  public Trial(NotifierConfig config, String name, Clock clock) {
    ReceiverConfig found = config.active().get(name);
    if (found == null && config.receivers().containsKey(name)) {
      List<String> unset = config.leftOut().getOrDefault(name, List.of());
      throw new UserError(
          name + " is left out: " + String.join(", ", unset) + " not set in the environment",
          "set it for this command as for the notifier");
    }
    if (found == null) {
      throw new UserError(
          name + " is no receiver of this file",
          "there are: " + String.join(", ", new TreeSet<>(config.receivers().keySet())));
    }
    this.config = config;
    this.name = name;
    this.receiver = found;
    this.clock = clock;
  }

  /**
   * What would be sent, call by call, with every secret masked; empty when the receiver is told
   * nothing of this kind. Nothing is sent.
   */
  public List<String> preview(Kind kind, Alert alert) throws InterruptedException {
    Template wording = receiver.wording();
    Notification plain = new Notification(kind, alert, exampleReference(kind));
    Notification notification = wording == null ? plain : Worded.said(plain, wording, links());
    HttpRecorder recorder = new HttpRecorder();
    List<String> shown = new ArrayList<>();
    Receivers make = new Receivers(recorder, links(), shown::add, clock);
    switch (make.bare(name, receiver)) {
      case FileReceiver file -> shown.add(file.draft(notification));
      case EmailReceiver mail -> shown.add(mail.draft(notification));
      case Receiver other -> {
        if (other.deliver(notification) instanceof Outcome.Opened) {
          other.deliver(new Notification(Kind.RESOLVED, notification.alert(), null));
        }
      }
    }
    shown.addAll(recorder.requests());
    return shown.stream().map(this::masked).toList();
  }

  /** Where the firing's message would stand: only the receiver itself can say, so an example. */
  private @Nullable String exampleReference(Kind kind) {
    return kind != Kind.FIRING && kind != Kind.BRIEF && receiver instanceof ReceiverConfig.SlackBot
        ? SlackBot.EXAMPLE_REFERENCE
        : null;
  }

  /**
   * Tells the receiver, and waits for its answer.
   *
   * @param reference what the firing's {@link Outcome.Delivered} gave; null for none
   * @param terminal takes the lines of a receiver of kind {@code terminal}
   */
  public Outcome tell(Kind kind, Alert alert, @Nullable String reference, Consumer<String> terminal)
      throws InterruptedException {
    try (HttpCaller caller = new HttpCaller(clock)) {
      Receiver told = new Receivers(caller, links(), terminal, clock).of(name, receiver);
      return told.deliver(new Notification(kind, alert, reference));
    }
  }

  /** The least time between two notifications that the configuration asks for. */
  public Duration every() {
    return new Receivers(new HttpRecorder(), links(), line -> {}, clock)
        .of(name, receiver)
        .pace()
        .refill();
  }

  /** An alert that says of itself that it is a test: as it fires, or as it is over. */
  public Alert testAlert(Status status, Instant startsAt) {
    Map<String, @Nullable Object> group = new LinkedHashMap<>();
    group.put("service", "tocsin-test");
    group.put("receiver", name);
    String fingerprint = Alert.fingerprintOf(TEST_RULE, group);
    boolean over = status == Status.RESOLVED;
    return new Alert(
        fingerprint,
        fingerprint + "@" + startsAt,
        TEST_RULE,
        1,
        Severity.LOW,
        status,
        startsAt,
        group,
        startsAt,
        over ? startsAt.plusSeconds(1) : null,
        null,
        null,
        null,
        "This is a test of the receiver " + name + ". Nothing is wrong, and nothing is to be done.",
        Map.of("test", "true"),
        Map.of(),
        List.of(),
        null);
  }

  private Links links() {
    return new Links(config.consoleUrl());
  }

  /** The longest first: one secret may be a part of another. */
  private String masked(String text) {
    String masked = text;
    List<Secret> secrets =
        receiver
            .secrets()
            .sorted(Comparator.comparingInt((Secret secret) -> -secret.reveal().length()))
            .toList();
    for (Secret secret : secrets) {
      String bare = secret.reveal().strip(); // as addresses are used
      masked = bare.isEmpty() ? masked : masked.replace(bare, secret.toString());
    }
    return masked;
  }
}
