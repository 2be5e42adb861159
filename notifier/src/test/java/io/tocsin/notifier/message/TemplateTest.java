package io.tocsin.notifier.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.bootstrap.config.InvalidValueException;
import io.tocsin.event.Alert;
import io.tocsin.notifier.Alerts;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Notification.Kind;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

  private static final Links LINKS = new Links(URI.create("http://console.example:8080"));
  private static final Notification RESOLVED =
      new Notification(Kind.RESOLVED, Alerts.resolved("api-error-burst", 1), null);

  /** An alert's parts that stand in a template by the name of something inside them. */
  private static final Set<String> BY_NAME = Set.of("labels", "annotations");

  static Stream<String> parts() {
    return Arrays.stream(Alert.class.getRecordComponents())
        .map(RecordComponent::getName)
        .filter(name -> !BY_NAME.contains(name))
        .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
  }

  private static String render(String text) {
    return Template.parse("body", text, part -> part).render(RESOLVED, LINKS);
  }

  @ParameterizedTest
  @MethodSource("parts")
  void everyPartOfAnAlertIsAField(String part) {
    assertThat(render("<{{" + part + "}}>")).matches("(?s)<.*>").doesNotContain("{{");
  }

  @Test
  void fieldsStandForWhatTheAlertSays() {
    assertThat(
            render(
                "{{rule}}|{{status}}|{{evidence}}|{{group.service}}|{{label.team}}|{{link}}|{{search}}"))
        .isEqualTo(
            "api-error-burst|resolved|edge-01/api/1/42|api|ops|"
                + LINKS.alert(RESOLVED.alert())
                + "|http://console.example:8080/#service=api&since=24h");
    assertThat(render("{{ value }} of {{threshold}} at {{at}}, {{ends-at}}"))
        .isEqualTo("7 of 5 at 2025-12-10T12:03:15.000Z, 2025-12-10T12:03:15.000Z");
  }

  @Test
  void whatAnAlertLacksIsEmpty() {
    assertThat(render("<{{reason}}{{label.nobody}}{{group.nothing}}>")).isEqualTo("<>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{sumary}}", "{{}}", "{{labels}}", "{{group.}}", "{{rule", "{{a b}}"})
  void aFieldThatThereIsNotIsFoundWhenTheTemplateIsRead(String text) {
    assertThatThrownBy(() -> render(text)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void theSearchAsksForTheRecordWhereNothingElseIsKnown() {
    Alert alert = Alerts.saying(Alerts.firing("r", 1), "r", "s", Map.of());
    assertThat(LINKS.search(alert))
        .isEqualTo("http://console.example:8080/#id=edge-01%2Fapi%2F1%2F42&since=30d");
    assertThat(LINKS.search(Alerts.tippedBy(alert, List.of()))).isNull();
    assertThat(new Links(null).search(alert)).isNull();
  }
}
