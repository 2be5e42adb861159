package io.tocsin.console.web;

import io.tocsin.bootstrap.config.Durations;
import io.tocsin.bootstrap.http.HttpProblem;
import io.tocsin.bootstrap.http.Request;
import io.tocsin.event.Level;
import io.tocsin.event.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request's parameters, strictly read: what is unknown or ill-formed is refused with 400, naming
 * the parameter, the value and the rule. A filter that is silently ignored would be a wrong answer.
 */
final class Parameters {

  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final int MAX_TEXT = 500;

  private final Request request;
  private final Instant now;

  private Parameters(Request request, Instant now) {
    this.request = request;
    this.now = now;
  }

  static Parameters of(Request request, Instant now, String... known) {
    List<String> names = Arrays.asList(known);
    for (String given : request.query().keySet()) {
      if (!names.contains(given)) {
        throw new HttpProblem(400, "'" + given + "' is no parameter here; " + known(names));
      }
    }
    return new Parameters(request, now);
  }

  private static String known(List<String> names) {
    return names.isEmpty() ? "leave it out" : "known: " + String.join(", ", names);
  }

  Optional<String> text(String name) {
    Optional<String> value = request.parameter(name);
    value.ifPresent(
        text -> require(text.length() <= MAX_TEXT, name, text, "must be at most 500 characters"));
    return value;
  }

  int integer(String name, int otherwise, int least, int most) {
    String rule = "must be a whole number from " + least + " to " + most;
    return text(name)
        .map(
            text -> {
              require(text.matches("\\d{1,9}"), name, text, rule);
              int number = Integer.parseInt(text);
              require(number >= least && number <= most, name, text, rule);
              return number;
            })
        .orElse(otherwise);
  }

  Optional<Level> level(String name) {
    return text(name)
        .map(
            text ->
                Level.of(text)
                    .orElseThrow(() -> refusal(name, text, "must be one of " + levels())));
  }

  <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
    return text(name)
        .map(
            text ->
                Arrays.stream(type.getEnumConstants())
                    .filter(constant -> lower(constant).equals(text))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            refusal(
                                name,
                                text,
                                "must be "
                                    + Arrays.stream(type.getEnumConstants())
                                        .map(Parameters::lower)
                                        .collect(Collectors.joining(" or ")))));
  }

  /** One of these words. */
  String oneOf(String name, List<String> words, String otherwise) {
    return text(name)
        .map(
            text -> {
              require(
                  words.contains(text), name, text, "must be one of " + String.join(", ", words));
              return text;
            })
        .orElse(otherwise);
  }

  /** A time: so long ago, or at that moment. */
  Optional<Instant> time(String name) {
    return text(name).map(text -> time(name, text));
  }

  Instant time(String name, Duration otherwise) {
    return time(name).orElse(now.minus(otherwise));
  }

  /** An end after {@code since}; a span that holds nothing would look like an answer. */
  Optional<Instant> end(String name, Instant since) {
    Optional<Instant> end = time(name);
    end.ifPresent(
        time ->
            require(
                time.isAfter(since),
                name,
                request.parameter(name).orElse(""),
                "must be later than since, " + Timestamps.format(since)));
    return end;
  }

  private Instant time(String name, String text) {
    String rule = "must be a duration such as 15m or 2h, or an RFC 3339 time";
    try {
      if (text.contains("T") || text.contains("t")) {
        // In a URL an unescaped plus of +03:00 arrives as a blank.
        return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
      }
      Duration ago = Durations.parse(text);
      require(ago.compareTo(LONGEST) <= 0, name, text, "must be at most 36500d");
      return now.minus(ago);
    } catch (DateTimeParseException | IllegalArgumentException | ArithmeticException e) {
      throw refusal(name, text, rule);
    }
  }

  static HttpProblem refusal(String name, String value, String rule) {
    return new HttpProblem(400, name + ": '" + value + "' " + rule);
  }

  private static void require(boolean ok, String name, String value, String rule) {
    if (!ok) {
      throw refusal(name, value, rule);
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String levels() {
    return Arrays.stream(Level.values()).map(Level::name).collect(Collectors.joining(", "));
  }
}
