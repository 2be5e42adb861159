package io.tocsin.notifier;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Readiness;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.notifier.http.HttpCaller;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.pipeline.Pipeline;
import io.tocsin.notifier.pipeline.Receiver;
import io.tocsin.notifier.route.Routes;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people and systems of alerts: each episode's beginning and its end, at least once, each
 * receiver apart from the others. What it told is on {@code tocsin.deliveries}, so a restart at any
 * moment neither repeats nor forgets; only a crash between a call and its record can tell one
 * notification twice.
 */
public final class NotifierService implements Service {

  private static final Logger LOG = LoggerFactory.getLogger(NotifierService.class);

  private final NotifierConfig config;
  private final Consumer<String> terminal;
  private final HttpCaller caller;
  private final Pipeline pipeline;

  /**
   * Prepares; does not wait for the cluster.
   *
   * @param terminal takes the lines of receivers of kind {@code terminal}, one a call; from any
   *     thread
   */
  public NotifierService(
      NotifierConfig config,
      KafkaSettings kafka,
      Metrics metrics,
      Clock clock,
      Consumer<String> terminal) {
    this.config = config;
    this.terminal = terminal;
    caller = new HttpCaller(clock);
    Receivers make = new Receivers(caller, new Links(config.consoleUrl()), terminal, clock);
    List<Receiver> receivers =
        config.active().entrySet().stream()
            .map(named -> make.of(named.getKey(), named.getValue()))
            .toList();
    pipeline =
        new Pipeline(
            new Pipeline.Settings(config.instance(), config.giveUpAfter(), config.storm()),
            receivers,
            new Routes(config.routeOrAll()),
            kafka,
            metrics,
            clock);
  }

  @Override
  public String name() {
    return "notifier";
  }

  @Override
  public void start() {
    LOG.atInfo().addKeyValue("receivers", config.active().keySet()).log("receivers are told");
    config
        .leftOut()
        .forEach(
            (receiver, unset) -> {
              LOG.atWarn()
                  .addKeyValue("receiver", receiver)
                  .addKeyValue("unset", unset)
                  .log("receiver is left out");
              terminal.accept(leftOut(receiver, unset));
            });
    pipeline.start();
  }

  private static String leftOut(String receiver, List<String> unset) {
    return "notifier: "
        + receiver
        + " is left out, as "
        + String.join(", ", unset)
        + (unset.size() == 1 ? " is" : " are")
        + " not set in the environment";
  }

  @Override
  public Readiness readiness() {
    return pipeline.readiness();
  }

  @Override
  public void close() {
    pipeline.close();
    caller.close();
  }
}
