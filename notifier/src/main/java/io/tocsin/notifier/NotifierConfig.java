package io.tocsin.notifier;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import io.tocsin.bootstrap.config.InvalidValueException;
import io.tocsin.bootstrap.config.Secret;
import io.tocsin.notifier.ReceiverConfig.IfSet;
import io.tocsin.notifier.pipeline.Storms;
import io.tocsin.notifier.route.RouteConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The notifier's file: who can be told, and who is told of what. */
public record NotifierConfig(
    @Default("notifier")
        @Doc("this process among the notifiers of one cluster; of two with one name the later wins")
        String instance,
    @Doc("the console's address as readers of a message reach it") @Nullable URI consoleUrl,
    @Default("1d") @Doc("how long a notification is tried before it goes to the dead letters")
        Duration giveUpAfter,
    @Default("{}") @Doc("when people are told in summaries") Storms storm,
    @Default("[]") @Doc("the only hosts that webhooks may call") List<String> webhookHosts,
    @Doc("who can be told, by name") Map<String, ReceiverConfig> receivers,
    @Doc("who is told of what; everybody of everything when left out")
        @Nullable RouteConfig route) {

  /** The environment variable that makes Slack the default. */
  public static final String SLACK_VARIABLE = "SLACK_WEBHOOK_URL";

  private static final String NAME = "[a-z0-9][a-z0-9-]{0,39}";

  public NotifierConfig {
    receivers = Map.copyOf(receivers);
    webhookHosts = List.copyOf(webhookHosts);
    InvalidValueException.require(
        instance.matches(NAME), "instance", instance, "must be lower case, digits and hyphens");
    InvalidValueException.require(
        !giveUpAfter.isNegative() && giveUpAfter.compareTo(Duration.ofDays(7)) <= 0,
        "give-up-after",
        giveUpAfter,
        "must be at most 7d");
    InvalidValueException.require(
        !receivers.isEmpty(), "receivers", null, "must name at least one receiver");
    for (String name : receivers.keySet()) {
      InvalidValueException.require(
          name.matches(NAME), "receivers", name, "must be lower case, digits and hyphens");
    }
    Map<String, ReceiverConfig> there = there(receivers);
    InvalidValueException.require(
        !there.isEmpty(), "receivers", null, "must have one that is there whatever is set");
    checkHosts(webhookHosts, there);
    if (route != null) {
      Optional<String> flaw = route.flaw(receivers.keySet());
      InvalidValueException.require(flaw.isEmpty(), "route", null, flaw.orElse(""));
    }
  }

  /** A webhook does things; a slip in an address must not do them elsewhere. */
  private static void checkHosts(List<String> allowed, Map<String, ReceiverConfig> receivers) {
    receivers.forEach(
        (name, receiver) -> {
          if (receiver instanceof ReceiverConfig.Webhook webhook) {
            String host = webhook.target().host();
            InvalidValueException.require(
                allowed.stream().anyMatch(host::equalsIgnoreCase),
                "webhook-hosts",
                String.join(", ", allowed),
                "must hold " + host + " for the receiver " + name + " to call it");
          }
        });
  }

  /**
   * What runs without a file: Slack when {@value #SLACK_VARIABLE} is set, else the terminal.
   *
   * @param environment looks up a variable; {@code System::getenv}
   * @throws UserError when the variable holds no good address
   */
  public static NotifierConfig byDefault(Function<String, @Nullable String> environment) {
    String url = environment.apply(SLACK_VARIABLE);
    if (url == null || url.isBlank()) {
      return of(Map.of("terminal", new ReceiverConfig.Terminal()));
    }
    try {
      return of(
          Map.of(
              "slack",
              new ReceiverConfig.Slack(
                  Secret.of(url, "environment variable " + SLACK_VARIABLE),
                  Duration.ofSeconds(5),
                  Duration.ofSeconds(1),
                  null)));
    } catch (InvalidValueException e) {
      throw new UserError(
          "the environment variable " + SLACK_VARIABLE + " holds no https address",
          "set it to the address of an incoming webhook, or unset it to be told on the terminal");
    }
  }

  /** These receivers, told of everything. */
  public static NotifierConfig of(Map<String, ReceiverConfig> receivers) {
    return new NotifierConfig(
        "notifier",
        null,
        Duration.ofDays(1),
        new Storms(30, Duration.ofMinutes(1)),
        List.of(),
        receivers,
        null);
  }

  /** The receivers that are there: all but those that {@link #leftOut} names. */
  public Map<String, ReceiverConfig> active() {
    return there(receivers);
  }

  private static Map<String, ReceiverConfig> there(Map<String, ReceiverConfig> receivers) {
    Map<String, ReceiverConfig> there = new TreeMap<>();
    receivers.forEach(
        (name, receiver) -> {
          ReceiverConfig inner =
              receiver instanceof IfSet optional ? optional.receiver() : receiver;
          if (inner != null) {
            there.put(name, inner);
          }
        });
    return there;
  }

  /** The receivers that are not there, by name, and the environment variables that they lack. */
  public Map<String, List<String>> leftOut() {
    Map<String, List<String>> leftOut = new TreeMap<>();
    receivers.forEach(
        (name, receiver) -> {
          if (receiver instanceof IfSet optional && optional.receiver() == null) {
            leftOut.put(name, optional.unset());
          }
        });
    return leftOut;
  }

  /** The route, or the one that leads everything to everybody. */
  public RouteConfig routeOrAll() {
    return route != null ? route : RouteConfig.toAll(receivers.keySet().stream().sorted().toList());
  }
}
