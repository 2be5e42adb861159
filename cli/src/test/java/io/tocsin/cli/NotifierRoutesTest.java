package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotifierRoutesTest extends NotifierFileTestCase {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "service=api,severity=high    | 2026-01-14T10:00:00Z | ops-slack, on-call",
        "service=worker,severity=high | 2026-01-14T10:00:00Z | restart",
        "service=web-1,severity=low   | 2026-01-14T10:00:00Z | support",
        "service=web-1,severity=low   | 2026-01-17T10:00:00Z | screen",
        "rule=r                       | 2026-01-14T10:00:00Z | screen",
      })
  void theRoutesSayWhoIsTold(String labels, String at, String told) {
    // When
    Invocation test = routes("--labels", labels, "--at", at);
    // Then
    assertThat(test.status()).as(test.err()).isZero();
    assertThat(test.out().lines().toList()).last().isEqualTo("told: " + told);
  }

  @Test
  void theRoutesSayWhyAndWhereThatStands() {
    // When
    Invocation test = routes("--labels", "service=ui,severity=low", "--at", "2026-01-17T10:00:00Z");
    // Then
    assertThat(test.out().lines().map(line -> line.replace(folder + "/", "").strip()))
        .containsExactly(
            "at 2026-01-17T10:00:00Z",
            "notifier.yaml:24  route.routes[0]: no, severity is low, not high",
            "notifier.yaml:29  route.routes[1]: no, outside of 09:00 to 18:00 (Europe/Istanbul)",
            "notifier.yaml:22  route: tells screen",
            "told: screen");
  }

  @Test
  void whoAsksTheRoutesNeedsNoSecrets() throws IOException {
    // Given
    Files.delete(folder.resolve("slack"));
    Files.delete(folder.resolve("key"));
    // When
    Invocation test = routes("--labels", "service=api,severity=high");
    // Then
    assertThat(test.status()).as(test.err()).isZero();
    assertThat(test.out()).contains("told: ops-slack, on-call");
  }

  @Test
  void whatIsToldLaterAgainOrTogetherIsShown() throws IOException {
    // Given
    config =
        file(
            "later.yaml",
            """
            receivers: { ops: { terminal: {} }, lead: { terminal: {} } }
            route:
              receivers: [ops]
              repeat: 4h
              escalate: { after: 15m, to: lead }
              group-by: [service]
            """);
    // When
    Invocation test = routes("--labels", "service=api", "--expect", "ops");
    // Then
    assertThat(test.status()).as(test.err()).isZero();
    assertThat(test.out().lines().toList())
        .endsWith(
            "told: ops",
            "  ops: again every 4h while nobody acknowledges it; together with others of"
                + " service=api, if people read it: the first after 0s, then every 1m",
            "  lead: after 15m while nobody acknowledges it; again every 4h while nobody"
                + " acknowledges it; together with others of service=api, if people read it: the"
                + " first after 0s, then every 1m");
  }

  @Test
  void withoutARouteEverybodyIsTold() throws IOException {
    // Given
    config = file("all.yaml", "receivers:\n  b: { terminal: {} }\n  a: { terminal: {} }\n");
    // When
    Invocation test = routes("--labels", "rule=r");
    // Then
    assertThat(test.out()).contains("told: a, b");
  }

  @Test
  void aRouteToNobodyKnownIsTold() throws IOException {
    // Given
    config = file("typo.yaml", filled(NOTIFIER, 1).replace("[restart]", "[restrat]"));
    // When
    Invocation test = routes("--labels", "rule=r");
    // Then
    assertThat(test.status()).isEqualTo(2);
    assertThat(test.err()).contains("typo.yaml:22", "route: 'restrat' is no receiver of this file");
  }

  @Test
  void anExpectationThatFailsIsStatusOne() {
    // When
    Invocation met =
        routes("--labels", "service=api,severity=high", "--expect", "on-call,ops-slack");
    Invocation missed = routes("--labels", "service=api,severity=low", "--expect", "on-call");
    // Then
    assertThat(met.status()).isZero();
    assertThat(missed.status()).isEqualTo(1);
    assertThat(missed.err()).contains("expected: on-call");
  }

  @ParameterizedTest
  @ValueSource(strings = {"severity=urgent", "service"})
  void labelsThatCannotBeAreRefused(String labels) {
    // When
    Invocation test = routes("--labels", labels);
    // Then
    assertThat(test.status()).isEqualTo(2);
    assertThat(test.err()).contains(labels.replace("severity=", "")).doesNotContain("at java.");
  }

  private Invocation routes(String... arguments) {
    String[] all = {"notifier", "routes", "test", "--config", config};
    String[] line = Arrays.copyOf(all, all.length + arguments.length);
    System.arraycopy(arguments, 0, line, all.length, arguments.length);
    return Invocation.of(line);
  }
}
