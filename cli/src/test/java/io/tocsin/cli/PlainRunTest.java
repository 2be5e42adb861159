package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainRunTest {

  @Test
  void whatEverydayAgentsAreStartedWithIsUnderstood() {
    assertThat(PlainRun.of("run", "--config", "/etc/tocsin/agent.yaml"))
        .contains(new PlainRun(Path.of("/etc/tocsin/agent.yaml"), "127.0.0.1", 8081));
    assertThat(PlainRun.of("run", "--ops-port", "0", "--config", "a.yaml", "--ops-host", "::1"))
        .isEmpty();
    assertThat(PlainRun.of("run", "--ops-port", "0", "--config", "a.yaml", "--ops-host", "0.0.0.0"))
        .contains(new PlainRun(Path.of("a.yaml"), "0.0.0.0", 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "run",
        "run --help",
        "run --config",
        "run --config=a.yaml",
        "run --config a.yaml --config b.yaml",
        "run --config --ops-port",
        "run --config @a",
        "run --config a.yaml --stdin",
        "run --config a.yaml --ops-port eighty",
        "run --ops-port 1",
        "run --conf a.yaml",
        "validate --config a.yaml"
      })
  void anythingElseIsForTheLibrary(String line) {
    assertThat(PlainRun.of(line.split(" "))).isEmpty();
  }
}
