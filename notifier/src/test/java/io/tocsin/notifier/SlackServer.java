package io.tocsin.notifier;

import io.tocsin.bootstrap.config.Secret;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.notifier.http.ContractServer;
import io.tocsin.notifier.slack.SlackContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Slack, as far as an incoming webhook shows it. */
final class SlackServer implements AutoCloseable {

  static final String SECRET = "T0PSECRET";

  final ContractServer http = new ContractServer(SlackContract::answer);

  String url() {
    return http.uri("/services/T0/B0/" + SECRET).toString();
  }

  /** A receiver that posts here as fast as it can. */
  ReceiverConfig receiver() {
    return receiver(Duration.ZERO);
  }

  ReceiverConfig receiver(Duration every) {
    return new ReceiverConfig.Slack(Secret.of(url(), "a test"), Duration.ofSeconds(5), every, null);
  }

  /** The one-line texts of what was taken, in order. */
  List<String> told() {
    return http.accepted().stream().map(call -> text(call.body())).toList();
  }

  private static String text(String body) {
    try {
      return (String) EventCodec.decodeObject(body.getBytes(StandardCharsets.UTF_8)).get("text");
    } catch (MalformedEventException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
