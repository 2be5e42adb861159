package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.FieldPath;
import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.event.Alert.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The notifier's example file leads every rule of the default pack to those it is meant for. */
class DefaultRoutesTest {

  private static final String FILE = Path.of("../docs/examples/notifier.yaml").toString();

  private static final String OPS = "screen,ops-slack,ops-slack-webhook";

  /** Who is told of what is not told by its severity alone. */
  private static final Map<String, String> BY_RULE =
      Map.of(
          "redis-down", OPS + ",on-call,stop-charging",
          "worker-behavior-engine", "screen,on-call-low,restart-worker",
          "ui-user-errors", "screen,support");

  /** What the rules that name their service are about. */
  private static final Map<String, String> SERVICES =
      Map.of(
          "redis-down", "redis",
          "worker-behavior-engine", "worker",
          "ui-user-errors", "ui",
          "api-slow", "api",
          "api-error-burst", "api");

  static List<AlertRule> pack() {
    return RuleSet.defaultPack().rules();
  }

  @ParameterizedTest
  @MethodSource("pack")
  void everyRuleOfTheDefaultPackIsLedToThoseItIsMeantFor(AlertRule rule) {
    // Given
    String told = BY_RULE.getOrDefault(rule.name(), bySeverity(rule.severity()));

    // When
    Invocation test =
        Invocation.of(
            "notifier",
            "routes",
            "test",
            "--config",
            FILE,
            "--labels",
            labels(rule),
            "--expect",
            told);

    // Then
    assertThat(test.status()).as(test.out() + test.err()).isZero();
  }

  private static String bySeverity(Severity severity) {
    return severity == Severity.HIGH ? OPS + ",on-call" : OPS;
  }

  /** As the routes see an alert of the rule: what it says itself, and what it is grouped by. */
  private static String labels(AlertRule rule) {
    Map<String, String> labels = new TreeMap<>(rule.labels());
    for (FieldPath field : rule.groupBy()) {
      labels.put(field.toString(), "some-" + field);
    }
    if (labels.containsKey("service")) {
      labels.put("service", SERVICES.getOrDefault(rule.name(), "some-service"));
    }
    labels.put("rule", rule.name());
    labels.put("severity", rule.severity().name().toLowerCase(Locale.ROOT));
    List<String> pairs = new ArrayList<>();
    labels.forEach((name, value) -> pairs.add(name + "=" + value));
    return String.join(",", pairs);
  }

  @Test
  void everyRuleThatIsNamedHereIsOfThePack() {
    assertThat(pack()).extracting(AlertRule::name).containsAll(BY_RULE.keySet());
  }

  @Test
  void whatIsNotSetIsSaidAndTheRestIsGood() {
    // When
    Invocation validate = Invocation.of("notifier", "validate", "--config", FILE);

    // Then: whatever this machine's environment has
    assertThat(validate.status()).as(validate.err()).isZero();
    assertThat(validate.out()).contains("good, 8 receivers").doesNotContain("no route leads");
    for (String variable : List.of("SLACK_BOT_TOKEN", "PAGERDUTY_ROUTING_KEY", "SMTP_PASSWORD")) {
      assertThat(validate.out().contains("is left out here, without " + variable))
          .as(variable)
          .isEqualTo(System.getenv(variable) == null);
    }
  }
}
