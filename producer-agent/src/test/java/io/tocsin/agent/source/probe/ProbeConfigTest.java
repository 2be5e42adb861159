package io.tocsin.agent.source.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigReader;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeConfigTest {

  @Test
  void theContractsExampleIsReadAsWritten() {
    // When
    ProbeConfig config =
        read("url: \"http://127.0.0.1:8000/api/health\"\nevery: 20s\ntimeout: 3s\n");

    // Then
    assertThat(config.name()).isEqualTo("api");
    assertThat(config.service()).isEqualTo("api");
    assertThat(config.url()).isEqualTo(URI.create("http://127.0.0.1:8000/api/health"));
    assertThat(config.every()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void whatIsLeftOutHasADefault() {
    // When
    ProbeConfig config = read("tcp: \"[::1]:5432\"");

    // Then
    assertThat(config.tcp()).isEqualTo(new Address("::1", 5432)).hasToString("[::1]:5432");
    assertThat(config.every()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.url()).isNull();
    assertThat(config.status()).isNull();
    assertThat(config.redis()).isNull();
    assertThat(config.user()).isNull();
    assertThat(config.password()).isNull();
    assertThat(config.command()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "every: 30s | needs exactly one of url, tcp, redis and command",
        "{ url: 'http://a/', tcp: 'a:1' } | needs exactly one of url, tcp, redis and command",
        "url: ftp://a/ | must be a whole address",
        "url: /api/health | must be a whole address",
        "url: http://me:secret@a/ | must hold no user and password",
        "tcp: a | must be host:port",
        "tcp: ':80' | must be host:port",
        "tcp: '::1:80' | must be host:port",
        "tcp: a:0 | must have a port from 1 to 65535",
        "tcp: a:65536 | must have a port from 1 to 65535",
        "{ tcp: 'a:1', status: 200 } | goes with url only",
        "{ url: 'http://a/', status: 99 } | must be from 100 to 599",
        "{ redis: 'a:1', user: me } | needs a password",
        "{ tcp: 'a:1', every: 999ms } | must be at least 1s",
        "{ tcp: 'a:1', timeout: 9ms } | must be 10ms to 5m",
        "{ tcp: 'a:1', timeout: 6m } | must be 10ms to 5m",
        "command: [] | must name a program",
        "{ tcp: 'a:1', interval: 3s } | is no key here",
      })
  void whatCannotBeIsRefused(String yaml, String problem) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem)
        .hasMessageNotContaining("secret");
  }

  private static ProbeConfig read(String yaml) {
    String keys = yaml.startsWith("{") ? yaml.substring(1, yaml.length() - 1) : yaml.strip();
    String flow = keys.lines().reduce((a, b) -> a + ", " + b).orElseThrow();
    return ConfigReader.read(
        "agent.yaml", "{ name: api, service: api, " + flow + " }", ProbeConfig.class);
  }
}
