package io.tocsin.agent.source.probe;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.agent.transform.SourceSettings;
import io.tocsin.agent.transform.TransformSettings;
import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import io.tocsin.bootstrap.config.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A probe, as the agent's file has it under {@code probe:}; one of four kinds. */
public record ProbeConfig(
    @Doc("The probe's name: the telemetry's device") String name,
    @Doc("The service that is probed") String service,
    @Doc("Asks by HTTP or HTTPS; a status below 400 is well") @Nullable URI url,
    @Doc("With url: the only status that is well") @Nullable Integer status,
    @Doc("Opens a connection to this host:port") @Nullable Address tcp,
    @Doc("Sends PING to the Redis at this host:port") @Nullable Address redis,
    @Doc("With redis: the user's name, where there are users") @Nullable String user,
    @Doc("With redis: the password") @Nullable Secret password,
    @Doc("Runs a program, given as a list; exit code 0 is well, lines name=number are values")
        @Nullable List<String> command,
    @Doc("How often, at least 1s") @Default("30s") Duration every,
    @Doc("What has not answered by then has failed, 10ms to 5m") @Default("5s") Duration timeout,
    @Default("{}") @Doc("what is done to records on the way") TransformSettings transform)
    implements SourceSettings {

  private static final Duration MOST_OFTEN = Duration.ofSeconds(1);
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  public ProbeConfig {
    transform.requireNoWaiting();
    require(
        !name.isBlank() && name.indexOf('/') < 0, "name", name, "must be a name without a slash");
    require(!service.isBlank(), "service", service, "must not be empty");
    require(
        Stream.of(url, tcp, redis, command).filter(Objects::nonNull).count() == 1,
        "",
        null,
        "needs exactly one of url, tcp, redis and command");
    requireUrl(url);
    require(status == null || url != null, "status", status, "goes with url only");
    require(
        status == null || (status >= 100 && status <= 599),
        "status",
        status,
        "must be from 100 to 599");
    require(password == null || redis != null, "password", null, "goes with redis only");
    require(user == null || password != null, "user", user, "needs a password");
    require(
        command == null || (!command.isEmpty() && !command.getFirst().isBlank()),
        "command",
        null,
        "must name a program");
    require(every.compareTo(MOST_OFTEN) >= 0, "every", every, "must be at least 1s");
    require(
        timeout.compareTo(SHORTEST) >= 0 && timeout.compareTo(LONGEST) <= 0,
        "timeout",
        timeout,
        "must be 10ms to 5m");
  }

  private static void requireUrl(@Nullable URI url) {
    if (url == null) {
      return;
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    require(
        (scheme.equals("http") || scheme.equals("https")) && url.getHost() != null,
        "url",
        url,
        "must be a whole address, such as http://127.0.0.1:8000/api/health");
    require(url.getRawUserInfo() == null, "url", null, "must hold no user and password");
  }

  /** What is probed, for people. */
  String target() {
    if (command != null) {
      return String.join(" ", command);
    }
    return Stream.of(url, tcp, redis)
        .filter(Objects::nonNull)
        .map(Object::toString)
        .findFirst()
        .orElse("");
  }

  @Override
  public String sourceName() {
    return name;
  }
}
