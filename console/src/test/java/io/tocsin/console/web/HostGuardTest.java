package io.tocsin.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostGuardTest {

  private final HostGuard guard = new HostGuard(List.of("Tocsin.example.org"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "LOCALHOST:8080",
        "127.0.0.1:8080",
        "[::1]:8080",
        "[::1]",
        "192.168.1.20",
        "tocsin.example.org",
        "TOCSIN.example.org:8443",
      })
  void answersToItsOwnNamesAndToNumbers(String host) {
    assertThat(guard.answersTo(host)).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.example#localhost",
        "example.org",
        "[::1].evil.example",
        "localhost:8080:evil",
      })
  void doesNotAnswerToSomebodyElses(String host) {
    assertThat(guard.answersTo(host)).isFalse();
  }
}
