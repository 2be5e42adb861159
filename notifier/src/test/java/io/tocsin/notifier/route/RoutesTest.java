package io.tocsin.notifier.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.event.Alert.Severity;
import io.tocsin.notifier.Alerts;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private static final Routes ROUTES =
      routes(
          """
          receivers: [all]
          routes:
            - match: { severity: high }
              receivers: [oncall]
              continue: true
              routes:
                - match: { service: [api, "worker-*"], labels: { team: ops } }
                  receivers: [ops-high]
            - match: { rule: "api-*" }
              receivers: [api-team]
            - match: { rule: api-never-reached }
              receivers: [nobody]
            - match: { severity: [medium, low], service: ui }
          """);

  private static Routes routes(String yaml) {
    return new Routes(ConfigReader.read("routes.yaml", yaml, RouteConfig.class));
  }

  private static Subject subject(Severity severity, String service, String rule, String team) {
    return new Subject(
        severity, service, rule, team == null ? Map.of() : Map.of("team", team), Alerts.START);
  }

  @ParameterizedTest
  @CsvSource({
    "HIGH, api, disk-full, ops, ops-high",
    "HIGH, worker-7, disk-full, ops, ops-high",
    "HIGH, api, disk-full, dev, oncall",
    "HIGH, api, disk-full,, oncall",
    "HIGH,, disk-full, ops, oncall",
    "HIGH, api, api-slow, ops, 'ops-high,api-team'",
    "LOW, api, api-never-reached, ops, api-team",
    "LOW, ui, slow, ops, all",
    "MEDIUM, db, slow, ops, all",
  })
  void anAlertGoesWhereTheTreeLeads(
      Severity severity, String service, String rule, String team, String told) {
    assertThat(String.join(",", ROUTES.ask(subject(severity, service, rule, team)).receivers()))
        .isEqualTo(told);
  }

  @Test
  void theAnswerSaysWhy() {
    assertThat(
            ROUTES.ask(subject(Severity.HIGH, "db", "slow", null)).steps().stream()
                .map(Routes.Step::toString))
        .containsExactly(
            "route.routes[0].routes[0]: no, service is db, not [api, worker-*]",
            "route.routes[0]: tells oncall",
            "route.routes[1]: no, rule is slow, not api-*",
            "route.routes[2]: no, rule is slow, not api-never-reached",
            "route.routes[3]: no, severity is high, not [medium, low]");
  }

  @Test
  void whatARouteLeavesOutIsAsTheRouteAboveSays() {
    // Given
    Routes routes =
        routes(
            """
            receivers: [ops]
            repeat: 4h
            escalate: [ { after: 15m, to: lead }, { after: 1h, to: boss } ]
            group-by: [service, severity]
            group-interval: 5m
            routes:
              - { match: { rule: quiet }, repeat: 0s, escalate: [], group-by: [] }
              - { match: { rule: loud }, receivers: [lead], repeat: 1h, group-wait: 10s }
            """);

    // Then
    Lead.Group group =
        new Lead.Group(
            "route", "service=api, severity=high", Duration.ZERO, MINUTE.multipliedBy(5));
    assertThat(leads(routes, "other"))
        .containsExactly(
            Map.entry("ops", new Lead(Duration.ZERO, HOUR.multipliedBy(4), group)),
            Map.entry("lead", new Lead(MINUTE.multipliedBy(15), HOUR.multipliedBy(4), group)),
            Map.entry("boss", new Lead(HOUR, HOUR.multipliedBy(4), group)));
    assertThat(leads(routes, "quiet")).containsExactly(Map.entry("ops", Lead.PLAIN));
    assertThat(leads(routes, "loud").get("lead"))
        .isEqualTo(
            new Lead(
                Duration.ZERO,
                HOUR,
                new Lead.Group(
                    "route.routes[1]",
                    "service=api, severity=high",
                    Duration.ofSeconds(10),
                    MINUTE.multipliedBy(5))));
  }

  private static Map<String, Lead> leads(Routes routes, String rule) {
    return routes.ask(Subject.of(Alerts.firing(rule, 1), Alerts.START)).leads();
  }

  @Test
  void theAnswerSaysWhatComesLater() {
    Routes routes =
        routes(
            """
            receivers: [ops]
            repeat: 4h
            escalate: { after: 15m, to: lead }
            group-by: [service]
            """);
    Routes.Answer answer = routes.ask(subject(Severity.HIGH, "db", "slow", null));
    assertThat(answer.receivers()).containsExactly("ops");
    assertThat(answer.steps())
        .singleElement()
        .hasToString("route: tells ops; again every 4h; lead after 15m; groups by service for 1m");
  }

  @Test
  void anAlertsGroupCountsAsLabelsAndNamesTheService() {
    Routes routes =
        routes(
            """
            receivers: [all]
            routes:
              - { match: { service: api, labels: { team: ops, service: api } }, receivers: [x] }
            """);
    assertThat(routes.lead(Alerts.firing("r", 1), Alerts.START, "x")).isEqualTo(Lead.PLAIN);
    assertThat(routes.lead(Alerts.firing("r", 1), Alerts.START, "all")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-10T05:59:59Z, false", // a Wednesday; Istanbul is three hours ahead
    "2025-12-10T06:00:00Z, true",
    "2025-12-10T14:59:59Z, true",
    "2025-12-10T15:00:00Z, false",
    "2025-12-13T09:00:00Z, false", // a Saturday
  })
  void officeHoursAreThoseOfTheirZone(Instant at, boolean within) {
    Hours office =
        ConfigReader.read(
            "h", "{ from: '09:00', to: '18:00', zone: Europe/Istanbul }", Hours.class);
    assertThat(office.contain(at)).isEqualTo(within);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-12T21:59:59Z, false", // Friday
    "2025-12-12T22:00:00Z, true",
    "2025-12-13T05:59:59Z, true", // Saturday morning still is Friday's night
    "2025-12-13T06:00:00Z, false",
    "2025-12-13T22:30:00Z, false",
  })
  void aNightBelongsToTheDayItBeginsOn(Instant at, boolean within) {
    Hours night =
        ConfigReader.read(
            "h", "{ days: [friday], from: '22:00', to: '06:00', zone: UTC }", Hours.class);
    assertThat(night.contain(at)).isEqualTo(within);
  }

  @Test
  void theHourThatDaylightSavingSkipsOrRepeatsDoesNoHarm() {
    Hours night =
        ConfigReader.read(
            "h", "{ days: [sunday], from: '02:00', to: '03:00', zone: Europe/Oslo }", Hours.class);
    assertThat(night.contain(Instant.parse("2025-10-26T00:30:00Z"))).isTrue(); // 02:30 the first
    assertThat(night.contain(Instant.parse("2025-10-26T01:30:00Z"))).isTrue(); // 02:30 the second
    assertThat(night.contain(Instant.parse("2025-03-30T01:00:00Z"))).isFalse(); // 03:00 at once
  }

  @Test
  void everyBadValueIsNamed() {
    assertThatThrownBy(
            () ->
                routes(
                    """
                    match: { severity: high, servise: api, labels: { team: [] } }
                    receivers: [a]
                    routes:
                      - match: { hours: { from: "9", zone: Mars/Base } }
                    """))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("match.servise")
        .hasMessageContaining("did you mean 'service'?")
        .hasMessageContaining("match.labels.team")
        .hasMessageContaining("routes[0].match.hours.zone");
  }
}
