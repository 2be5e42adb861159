package io.tocsin.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.bootstrap.UserError;
import io.tocsin.cli.deadletters.Repair.UnrepairableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepairTest {

  private static String repaired(String json, Repair... repairs) throws UnrepairableException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return new String(Repair.all(List.of(repairs), bytes), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "level=WARN         | {\"a\":1}              | {\"a\":1,\"level\":\"WARN\"}",
        "a=2                | {\"a\":1}              | {\"a\":2}",
        "a=\"2\"            | {\"a\":1}              | {\"a\":\"2\"}",
        "a=null             | {\"a\":1}              | {\"a\":null}",
        "a=1,\"b\":2        | {}                     | {\"a\":\"1,\\\"b\\\":2\"}",
        "meta.code=7        | {}                     | {\"meta\":{\"code\":7}}",
        "meta.code=7        | {\"meta\":{\"x\":1}}   | {\"meta\":{\"x\":1,\"code\":7}}",
        "a.b=7              | {\"a.b\":1}            | {\"a.b\":7}"
      })
  void aFieldIsSet(String rule, String before, String after) throws UnrepairableException {
    assertThat(repaired(before, Repair.set(rule))).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ts=time       | {\"ts\":1795255200}        | {\"ts\":\"2026-11-21T10:00:00.000Z\"}",
        "ts=time       | {\"ts\":\"1795255200\"}    | {\"ts\":\"2026-11-21T10:00:00.000Z\"}",
        "ts=time       | {\"ts\":1795255200123}     | {\"ts\":\"2026-11-21T10:00:00.123Z\"}",
        "ts=time       | {\"ts\":1795255200.5}      | {\"ts\":\"2026-11-21T10:00:00.500Z\"}",
        "a=text        | {\"a\":3920.10}            | {\"a\":\"3920.10\"}",
        "a=number      | {\"a\":\" 3920.10 \"}      | {\"a\":3920.10}",
        "a=boolean     | {\"a\":\"Yes\"}            | {\"a\":true}",
        "a=number      | {\"b\":1}                  | {\"b\":1}",
        "meta.a=number | {\"meta\":{\"a\":\"1\"}}   | {\"meta\":{\"a\":1}}"
      })
  void aTypeIsChanged(String rule, String before, String after) throws UnrepairableException {
    assertThat(repaired(before, Repair.type(rule))).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource({
    "{\"a\":\"x\"}, is no number",
    "[1], it is no JSON object",
    "nothing, it is no JSON object"
  })
  void whatARepairDoesNotFitIsLeft(String json, String why) {
    assertThatThrownBy(() -> repaired(json, Repair.type("a=number")))
        .isInstanceOf(UnrepairableException.class)
        .hasMessageContaining(why);
  }

  @Test
  void withoutRepairsTheBytesAreTheSame() throws UnrepairableException {
    byte[] bytes = "no { JSON".getBytes(StandardCharsets.UTF_8);
    assertThat(Repair.all(List.of(), bytes)).isSameAs(bytes);
  }

  @Test
  void aRuleThatIsNoneSaysWhatOneIs() {
    assertThatThrownBy(() -> Repair.set("=7")).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> Repair.type("a=date"))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.remedy()).contains("text, number, boolean or time"));
  }
}
