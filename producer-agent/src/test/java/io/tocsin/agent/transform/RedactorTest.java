package io.tocsin.agent.transform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.ConfigReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

  private static final String ALL = "patterns: [tokens, passwords, card-numbers, emails]\n";

  @TempDir Path dir;
  private final Metrics metrics = new Metrics();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "login of ada@example.com.tr. | login of [redacted:email].",
        "a@b.co,Bob+tag@mail.example.org; | [redacted:email],[redacted:email];",
        "paid with 4111 1111 1111 1111 by phone | paid with [redacted:card-number] by phone",
        "card 5555-5555-5555-4444, 2 items | card [redacted:card-number], 2 items",
        "42 4111111111111111 7 | 42 [redacted:card-number] 7",
        "amex 378282246310005. troy 9792030394440796 |"
            + " amex [redacted:card-number]. troy [redacted:card-number]",
        "password=hunter2&x=1 | password=[redacted:password]&x=1",
        "Password: 'hunter 2' ok | Password: '[redacted:password]' ok",
        "{\"client_secret\":\"a\\\"b\",\"n\":1} | {\"client_secret\":\"[redacted:password]\",\"n\":1}",
        "said {\\\"apiKey\\\":\\\"abc\\\",\\\"n\\\":1} |"
            + " said {\\\"apiKey\\\":\\\"[redacted:password]\\\",\\\"n\\\":1}",
        "Authorization: Basic dXNlcjpwYXNz | Authorization: [redacted:password]",
        "db postgres://app:s3cr@t@db:5432/x | db postgres://app:[redacted:password]@db:5432/x",
        "Bearer abcdefghijklmnop0123 sent | Bearer [redacted:token] sent",
        "jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl. |" + " jwt [redacted:token].",
        "key AKIAIOSFODNN7EXAMPLE used | key [redacted:token] used",
        "pushed with ghp_0123456789abcdefghijABCDEFGHIJ012345 |" + " pushed with [redacted:token]",
      })
  void findsWhatItPromises(String text, String expected) {
    assertThat(redactor(ALL).text(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/users?page=2 200 12ms",
        "order 4111111111111112 has a wrong check digit",
        "ts 1765349746123456789 and 1765349746123",
        "price 0.4111111111111111 and id_4111111111111111",
        "tokens_used=5 compass: north",
        "mail sent to user at example.com, cc @team",
        "http://127.0.0.1:8080/health is well",
        "the bearer of this letter",
        "meet me @ 12:30:45",
      })
  void leavesOrdinaryTextAlone(String text) {
    assertThat(redactor(ALL).text(text)).isEqualTo(text);
  }

  @Test
  void aPrivateKeyGoesWhole() {
    // Given
    String key =
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEow+/=\nIBAAKCAQ\n-----END RSA PRIVATE KEY-----\n";

    // When
    String text = redactor(ALL).text("loaded\n" + key + "ok");

    // Then
    assertThat(text).isEqualTo("loaded\n[redacted:token]\nok");
  }

  @Test
  void metaIsSearchedAllTheWayDownAndNamesTellToo() {
    // Given
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("user", Map.of("mail", "ada@example.com", "age", 36L));
    meta.put("list", List.of("x", Map.of("db_password", 1234L), 4111111111111111L));
    meta.put("raw_base64", "YWRhQGV4YW1wbGUuY29t");
    meta.put("ok", true);
    meta.put("none", null);

    // When
    Map<String, Object> redacted = redactor(ALL).fields(meta);

    // Then
    assertThat(redacted)
        .containsEntry("user", Map.of("mail", "[redacted:email]", "age", 36L))
        .containsEntry(
            "list",
            List.of("x", Map.of("db_password", "[redacted:password]"), "[redacted:card-number]"))
        .containsEntry("raw_base64", "[redacted:copy]")
        .containsEntry("ok", true)
        .containsEntry("none", null);
    assertThat(new String(metrics.text(), UTF_8))
        .contains("tocsin_agent_redactions_total{pattern=\"email\",source=\"api\"} 1.0")
        .contains("tocsin_agent_redactions_total{pattern=\"password\",source=\"api\"} 1.0")
        .contains("tocsin_agent_redactions_total{pattern=\"card-number\",source=\"api\"} 1.0");
  }

  @Test
  void anOwnPatternTakesItsGroupOrTheWholeMatch() {
    // When
    Redactor redactor = redactor("own: { tckn: '\\b[1-9]\\d{10}\\b', account: 'acc=(\\d+)' }");

    // Then
    assertThat(redactor.text("id 10000000146 acc=77 acc= 5"))
        .isEqualTo("id [redacted:tckn] acc=[redacted:account] acc= 5");
  }

  @Test
  void aHashTellsUsersApartAndIsTheSameForTheSameKey() throws Exception {
    // Given
    Path key = Files.writeString(dir.resolve("key"), "a key of more than 16 characters\n");
    Path other = Files.writeString(dir.resolve("other"), "another key of many characters");
    String yaml = "hash: { fields: [user_id, user.id], key: { file: '%s' } }";
    Redactor redactor = redactor(yaml.formatted(key));

    // When
    Map<String, Object> number = redactor.fields(fields("user_id", 42L));
    Map<String, Object> text = redactor.fields(fields("user_id", "42"));
    Map<String, Object> another = redactor.fields(fields("user_id", 43L));
    Map<String, Object> inner = redactor.fields(fields("user", new HashMap<>(Map.of("id", 42L))));
    Map<String, Object> otherKey = redactor(yaml.formatted(other)).fields(fields("user_id", 42L));

    // Then
    String hash = number.get("user_id").toString();
    assertThat(hash).matches("hash:[0-9a-f]{24}");
    assertThat(text).containsEntry("user_id", hash);
    assertThat(inner).containsEntry("user", Map.of("id", hash));
    assertThat(another.get("user_id")).isNotEqualTo(hash);
    assertThat(otherKey.get("user_id")).isNotEqualTo(hash);
  }

  /** Each of these makes a search that goes back, or starts over, take minutes. */
  @Test
  void noLineIsTooLong() {
    Redactor builtIn = redactor(ALL);
    Redactor own = redactor("own: { nested: '(a+)+$', reach: 'x(.*z)?', words: '(\\w+\\s?)*!' }");
    List<String> pieces =
        List.of(
            "a",
            "x",
            "@",
            "a@",
            "a.",
            "4",
            "41 ",
            "4-",
            ":",
            "=",
            "password=",
            "\"",
            "\\",
            "eyJaaaaaaaa.",
            "://",
            "a:",
            "Bearer ",
            "-----BEGIN PRIVATE KEY-----",
            "xox",
            "AKIA");

    assertTimeoutPreemptively(
        Duration.ofSeconds(120),
        () -> {
          for (String piece : pieces) {
            assertThat(builtIn.text(piece.repeat((256 << 10) / piece.length()))).isNotEmpty();
            assertThat(own.text(piece.repeat((16 << 10) / piece.length()))).isNotEmpty();
          }
        });
  }

  @Property(tries = 300)
  void whateverStandsAroundItASecretDoesNotGetThrough(@ForAll long seed) {
    // Given
    Random random = new Random(seed);
    String before = rubbish(random) + " ";
    String after = " " + rubbish(random);

    // When
    String text = redactor(ALL).text(before + "ada@example.com 4111111111111111" + after);

    // Then
    assertThat(text).doesNotContain("ada@example.com").doesNotContain("4111111111111111");
  }

  private static String rubbish(Random random) {
    String own = "aZ0 @.:=-\"'\\/\n{}[]<>ü%4";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(200); i > 0; i--) {
      text.append(
          random.nextInt(10) == 0
              ? (char) random.nextInt(0xD800)
              : own.charAt(random.nextInt(own.length())));
    }
    return text.toString();
  }

  private static Map<String, Object> fields(String name, Object value) {
    return new LinkedHashMap<>(Map.of(name, value));
  }

  private Redactor redactor(String yaml) {
    RedactSettings settings = ConfigReader.read("test.yaml", yaml, RedactSettings.class);
    return new Redactor(
        List.of(settings),
        "api",
        metrics.counter("tocsin_agent_redactions", "places made unreadable", "source", "pattern"));
  }
}
