package io.tocsin.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {

  enum Mode {
    FAST,
    VERY_SLOW
  }

  sealed interface Source permits File {}

  record File(@Doc("globs") List<String> paths) implements Source {}

  record Root(
      @Doc("a | b") String name,
      @Default("5s") @Doc("how often") Duration every,
      @Default("fast") Mode mode,
      List<Source> sources,
      @Nullable Secret token) {}

  @Test
  void everyKeyIsARow() {
    assertThat(ConfigReference.markdown(Root.class))
        .isEqualTo(
            """
            | key | takes | default | what it is for |
            | --- | --- | --- | --- |
            | name | text | required | a \\| b |
            | every | duration (`500ms`, `5s`, `1m`, `2h`) | `5s` | how often |
            | mode | `fast`, `very-slow` | `fast` |  |
            | sources | list of one of the variants below | required |  |
            | sources[].file.paths | list of text | required | globs |
            | token | `{ env: NAME }` or `{ file: PATH }` | – |  |
            """);
  }

  record Node(@Named("continue") boolean goesOn, @Default("[]") List<Node> nodes) {}

  sealed interface Wrapped permits Device {}

  record Device(Settings settings) implements Wrapped {
    static Device fromConfig(ConfigNode node) {
      return new Device(node.as(Settings.class));
    }
  }

  record Settings(@Doc("its port") String port) {}

  record Tree(Node root, Wrapped source) {}

  @Test
  void namesAreThoseOfTheFileAndATreeIsDescribedOnce() {
    assertThat(ConfigReference.markdown(Tree.class).lines().skip(2))
        .containsExactly(
            "| root | keys below | required |  |",
            "| root.continue | `true`, `false` | required |  |",
            "| root.nodes | list of keys below | `[]` |  |",
            "| source | one of the variants below | required |  |",
            "| source.device.port | text | required | its port |");
  }
}
