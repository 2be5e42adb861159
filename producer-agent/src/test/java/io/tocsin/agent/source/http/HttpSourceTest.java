package io.tocsin.agent.source.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.SourceId;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent and what becomes of it, over real HTTP and on a real spool. */
class HttpSourceTest {

  @TempDir Path dir;

  @Test
  void anEventIsNormalisedAsALineOfAFileWouldBe() throws Exception {
    try (IngestBox box = new IngestBox(dir, "")) {
      // When
      HttpResponse<String> response =
          box.post(
              """
              {"timestamp": "2026-11-21T13:00:00.5+03:00", "service": "api", "severity": "warn",
               "event": "slow", "msg": "took long", "ms": 812, "meta": {"user": "u1"}}
              """);

      // Then
      assertThat(response.statusCode()).isEqualTo(202);
      assertThat(response.body()).isEqualTo("{\"accepted\":1}");
      LogEvent event = box.spooled().getFirst();
      assertThat(event.ts()).isEqualTo(Instant.parse("2026-11-21T10:00:00.5Z"));
      assertThat(event.service()).isEqualTo("api");
      assertThat(event.level()).isEqualTo(Level.WARNING);
      assertThat(event.event()).isEqualTo("slow");
      assertThat(event.message()).isEqualTo("took long");
      assertThat(event.meta()).isEqualTo(Map.of("ms", 812, "user", "u1"));
      assertThat(event.host()).isEqualTo("host");
      assertThat(event.source()).isEqualTo("http");
      assertThat(SourceId.parse(String.valueOf(event.id())).orElseThrow().agent())
          .isEqualTo("edge");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'service':'a','message':'1'},{'service':'a','message':'2'}]",
        "{'service':'a','message':'1'}\n{'service':'a','message':'2'}\n",
        "{'service':'a','message':'1'}\r\n\r\n{'service':'a','message':'2'}",
        " \n [ {'service':'a',\n'message':'1'} , {'service':'a','message':'2'} ] \n",
        "\uFEFF{'service':'a','message':'1'}{'service':'a','message':'2'}",
      })
  void anArrayAndLinesAreTakenInOrder(String body) throws Exception {
    try (IngestBox box = new IngestBox(dir, "")) {
      // When
      HttpResponse<String> response = box.post(body.replace('\'', '"'));

      // Then
      assertThat(response.body()).isEqualTo("{\"accepted\":2}");
      assertThat(box.messages()).containsExactly("1", "2");
    }
  }

  @Test
  void whatIsNotSaidHasADefault() throws Exception {
    try (IngestBox box = new IngestBox(dir, "service: web\nfields: { message: text }")) {
      // When
      box.post("{\"text\":\"hello\"}");

      // Then
      LogEvent event = box.spooled().getFirst();
      assertThat(event.ts()).isEqualTo(IngestBox.NOW);
      assertThat(event.service()).isEqualTo("web");
      assertThat(event.level()).isEqualTo(Level.INFO);
      assertThat(event.message()).isEqualTo("hello");
      assertThat(event.meta()).isEmpty();
    }
  }

  @Test
  void whatWasAcceptedIsThereAfterARestart() throws Exception {
    // Given
    List<String> sent = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
    try (IngestBox box = new IngestBox(dir, "")) {
      for (String message : sent) {
        assertThat(box.post(event(message)).statusCode()).isEqualTo(202);
      }
    }

    // When
    try (IngestBox again = new IngestBox(dir, "")) {

      // Then
      List<LogEvent> events = again.spooled();
      assertThat(events).extracting(LogEvent::message).containsExactlyElementsOf(sent);
      assertThat(events.stream().map(LogEvent::id).collect(Collectors.toSet())).hasSize(50);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{'service':'a'},{'service':'a','level':'loud'},3] | 1 | level is unknown: loud",
        "{'service':'a'}{'service':'a','ts':'soon'} | 1 | ts is no time that can be read: soon",
        "[{'service':'a','message':'x'},{'message':'y'}] | 1 | has no service",
        "[{'service':'a'},[]] | 1 | is no JSON object",
        "[{'service':'a'},{}] | 1 | is an empty object",
        "{'service':'a'} nonsense | 1 | is not JSON",
        "[{'service':'a'},{'service':'a' | 1 | is not JSON",
        "[{'service':'a'}] {'service':'a'} | 1 | something follows the array",
        "[{'service':'a'} | 1 | is not JSON",
        "text | 0 | is not JSON",
        "'text' | 0 | is no JSON object",
        "null | 0 | is no JSON object",
        "`  ` | 0 | the body is empty",
        "{'service':'a','ts':1E+999999999} | 0 | ts is no time that can be read",
        "{'service':'a','ts':1e2147483647} | 0 | ts is no time that can be read",
      })
  void aBadEventIsNamedAndNothingIsTaken(String body, int index, String problem) throws Exception {
    try (IngestBox box = new IngestBox(dir, "")) {
      // When
      HttpResponse<String> response = box.post(body.replace('\'', '"'));

      // Then
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body())
          .contains("\"index\":" + index)
          .contains("event " + index + ": " + problem)
          .contains("nothing was taken");
      assertThat(box.spooled()).isEmpty();
    }
  }

  @Test
  void whatIsNestedTooDeeplyToBeWrittenIsRefused() throws Exception {
    try (IngestBox box = new IngestBox(dir, "")) {
      String deep = "[".repeat(900) + "]".repeat(900);
      HttpResponse<String> response = box.post("{\"service\":\"a\",\"deep\":" + deep + "}");
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(box.spooled()).isEmpty();
    }
  }

  @Test
  void whateverIsSentHasAnAnswerAndIsWholeOrNotThere() throws Exception {
    try (IngestBox box = new IngestBox(dir, "max-rate: 1000000")) {
      // Given
      Random random = new Random(7);
      byte[] good = ("[" + event("one") + "," + event("two") + "]").getBytes("UTF-8");
      int accepted = 0;

      // When
      for (int i = 0; i < 300; i++) {
        byte[] body = good.clone();
        for (int flip = 0; flip <= i % 4; flip++) {
          body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        HttpResponse<String> response = box.post(body);
        assertThat(response.statusCode()).isIn(202, 400);
        accepted += response.statusCode() == 202 ? 2 : 0;
      }

      // Then
      assertThat(box.spooled()).hasSize(accepted);
    }
  }

  @Test
  void manySendersAtOnceLoseNothing() throws Exception {
    try (IngestBox box = new IngestBox(dir, "max-rate: 1000000");
        ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      // When
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String body = event(i + "a") + "\n" + event(i + "b");
        tasks.add(() -> box.post(body).statusCode());
      }
      for (Future<Integer> status : senders.invokeAll(tasks)) {
        assertThat(status.get()).isEqualTo(202);
      }

      // Then
      List<String> messages = box.messages();
      assertThat(new HashSet<>(messages)).hasSize(400);
      assertThat(messages).hasSize(400);
      for (int i = 0; i < 400; i += 2) { // a request's events stay together
        assertThat(messages.get(i + 1)).isEqualTo(messages.get(i).replace('a', 'b'));
      }
    }
  }

  @Test
  void aFullSpoolIsSaidAndTheSenderComesAgain() throws Exception {
    try (IngestBox box = new IngestBox(dir, "max-rate: 1000000", 1 << 20)) {
      // When: nobody empties the spool
      String body = event("x".repeat(100_000));
      HttpResponse<String> response = box.post(body);
      int accepted = 0;
      while (response.statusCode() == 202 && accepted < 20) {
        accepted++;
        response = box.post(body);
      }

      // Then
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
      assertThat(box.spooled()).hasSize(accepted);
      assertThat(accepted).isPositive();
    }
  }

  static String event(String message) {
    return "{\"service\":\"api\",\"level\":\"ERROR\",\"message\":\"" + message + "\"}";
  }
}
