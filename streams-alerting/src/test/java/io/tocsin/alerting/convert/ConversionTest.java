package io.tocsin.alerting.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.convert.Conversion.Note;
import io.tocsin.alerting.convert.Conversion.Source;
import io.tocsin.alerting.rule.RuleSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionTest {

  @Test
  void aPrometheusRuleKeepsItsNameSeverityTimesAndWords() {
    // When
    Conversion conversion =
        Conversion.of(
            Source.PROMETHEUS,
            """
            groups:
              - name: hosts
                rules:
                  - alert: HighCPULoad
                    expr: |
                      avg_over_time(cpu_percent{job="edge", host=~"a.*"}[5m])
                        > 80
                    for: 1h30m
                    keep_firing_for: 10m
                    labels: { severity: warning, team: ops }
                    annotations:
                      summary: "{{ $labels.instance }} is at {{ $value | humanize }} %"
                      runbook_url: https://wiki/cpu
                  - record: job:errors:rate5m
                    expr: rate(errors_total[5m])
            """);

    // Then
    assertThat(conversion.yaml())
        .isEqualTo(
            """
            rules:
              - name: high-cpu-load
                severity: medium
                from: telemetry
                match: { service: edge, host: { regex: "^(?:a.*)$" }, values.cpu_percent: { exists: true } }
                aggregate: { avg: values.cpu_percent, above: 80 }
                within: 5m
                for: 90m
                resolve-after: 10m
                summary: "{host} is at {value} %"
                labels: { team: ops }
                annotations: { runbook: "https://wiki/cpu" }
            """);
    assertThat(conversion.notes())
        .containsExactly(
            new Note(
                "job:errors:rate5m",
                true,
                "a recording rule computes a series; there are none here"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          max_over_time(temp[1h]) < 5           ! aggregate: { max: values.temp, below: 5 }
          quantile_over_time(0.95, lat[5m]) > 1 ! aggregate: { p95: values.lat, above: 1 }
          avg by (instance) (load) >= 1.5       ! group-by: [host]
          state{device="c1"} == 8               ! change: { of: values.state, to: 8 }
          absent(up{job="api"})                 ! absent-for: 5m
          sum by (service) (count_over_time({service="api"} |= "timeout" [5m])) > 10 ! count: 11
          count_over_time({app="x"} |~ `time ?out` [1m]) >= 3                        ! count: 3
          """)
  void expressionsThatMeanSomethingHere(String expression, String line) {
    Conversion conversion = Conversion.of(Source.PROMETHEUS, prometheus(expression));
    assertThat(conversion.yaml()).contains("    " + line.strip());
    assertThat(RuleSet.parse("converted", conversion.yaml()).rules()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          rate(http_requests_total[5m]) > 1     ! has no counterpart: rate
          a > 1 and b > 2                       ! has no counterpart: a > 1 and b
          predict_linear(disk[1h], 3600) < 0    ! has no counterpart
          sum(load) > 3                         ! has no counterpart
          up                                    ! compares nothing with a number
          quantile_over_time(0.9, lat[5m]) > 1  ! has no counterpart
          """)
  void expressionsThatMeanNothingHereAreNamed(String expression, String why) {
    Conversion conversion = Conversion.of(Source.PROMETHEUS, prometheus(expression));
    assertThat(conversion.yaml()).isEqualTo("rules: []\n");
    assertThat(conversion.notes())
        .singleElement()
        .satisfies(
            note -> {
              assertThat(note.left()).isTrue();
              assertThat(note.text()).contains(why.strip());
            });
  }

  @Test
  void anElastAlertRuleKeepsItsFilterAndSaysWhatItLosesOfIt() {
    // When
    Conversion conversion =
        Conversion.of(
            Source.ELASTALERT,
            """
            name: Too many failures
            type: frequency
            index: logs-*
            num_events: 50
            timeframe: { hours: 1, minutes: 30 }
            query_key: [service.name, client_ip.keyword]
            priority: 1
            filter:
              - term: { event: login_failed }
              - range: { status: { gte: 400 } }
              - query: { query_string: { query: 'level:ERROR AND NOT host:"test 1" AND path:/api/*' } }
              - bool: { must_not: [ { terms: { user: [a, b] } } ] }
            alert: [slack]
            realert: { minutes: 5 }
            """);

    // Then
    assertThat(conversion.yaml())
        .isEqualTo(
            """
            rules:
              - name: too-many-failures
                severity: high
                count: 50
                within: 90m
                match: { event: login_failed, meta.status: { gte: 400 }, level: ERROR, host: { not: "test 1" }, meta.path: { regex: "^/api/.*$" }, none-of: [{ meta.user: [a, b] }] }
                group-by: [service, meta.client_ip]
            """);
    assertThat(conversion.notes())
        .singleElement()
        .satisfies(
            note -> {
              assertThat(note.left()).isFalse();
              assertThat(note.text()).contains("alert, realert");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          type: any                                                                     ! count: 1
          type: flatline, threshold: 1, timeframe: { minutes: 5 }                       ! absent-for: 5m
          type: cardinality, max_cardinality: 9, cardinality_field: user, timeframe: { days: 1 } ! distinct: { of: meta.user, at-least: 10 }
          type: new_term, fields: [user], terms_window_size: { days: 7 }                ! new: { of: meta.user, learn: 7d }
          type: blacklist, compare_key: user, blacklist: [root]                         ! match: { meta.user: [root] }
          type: whitelist, compare_key: user, whitelist: [ayse]                         ! match: { meta.user: { not: [ayse] } }
          type: metric_aggregation, metric_agg_key: ms, metric_agg_type: avg, max_threshold: 3 ! aggregate: { avg: meta.ms, above: 3 }
          type: percentage_match, max_percentage: 5, match_bucket_filter: [ { term: { level: ERROR } } ] ! ratio: { above: 0.05 }
          type: spike_aggregation, metric_agg_key: ms, metric_agg_type: avg, spike_height: 3, spike_type: up, timeframe: { hours: 1 } ! deviation: { of: meta.ms, above: 2, baseline: 1h }
          """)
  void typesThatMeanSomethingHere(String keys, String line) {
    Conversion conversion = Conversion.of(Source.ELASTALERT, "{ name: a, " + keys + " }");
    assertThat(conversion.notes()).noneMatch(Note::left);
    assertThat(conversion.yaml()).contains("    " + line.strip() + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          type: spike, spike_height: 3                                        ! type has no counterpart
          type: flatline, threshold: 5, timeframe: { minutes: 5 }             ! only a threshold of 1
          type: cardinality, min_cardinality: 9, timeframe: { days: 1 }       ! not to be said
          type: any, filter: [ { script: { source: x } } ]                    ! filter has no counterpart: script
          type: any, filter: [ { query_string: { query: "a:1 AND (b:2 OR c:3)" } } ] ! query string has no
          type: frequency, num_events: 5                                      ! no timeframe
          """)
  void typesThatMeanNothingHereAreNamed(String keys, String why) {
    Conversion conversion = Conversion.of(Source.ELASTALERT, "{ name: a, " + keys + " }");
    assertThat(conversion.count()).isZero();
    assertThat(conversion.notes()).singleElement().asString().contains(why.strip());
  }

  private static String prometheus(String expression) {
    return "groups: [ { rules: [ { alert: A, expr: '" + expression + "' } ] } ]";
  }
}
