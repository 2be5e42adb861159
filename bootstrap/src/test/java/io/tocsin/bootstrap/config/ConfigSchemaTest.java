package io.tocsin.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfigSchemaTest {

  enum Mode {
    FAST,
    VERY_SLOW
  }

  sealed interface Source permits File, Pipe {}

  record File(@Doc("globs") List<String> paths) implements Source {}

  record Pipe(PipeSettings settings) implements Source {
    static Pipe fromConfig(ConfigNode node) {
      return new Pipe(node.as(PipeSettings.class));
    }
  }

  record PipeSettings(int size) {}

  record Root(
      @Doc("its name") String name,
      @Default("5s") Duration every,
      @Default("fast") Mode mode,
      List<Source> sources,
      @Nullable Secret token,
      @Default("[]") List<Root> nested) {}

  @Test
  @SuppressWarnings("unchecked")
  void keysDefaultsAndVariantsStandInIt() {
    // When
    Map<String, Object> schema = ConfigSchema.of(Root.class, "a file");
    // Then
    Map<String, Object> keys = (Map<String, Object>) schema.get("properties");
    assertThat(schema)
        .containsEntry("title", "a file")
        .containsEntry("additionalProperties", false);
    assertThat(schema.get("required")).isEqualTo(List.of("name", "sources"));
    assertThat((Map<String, Object>) keys.get("name")).containsEntry("description", "its name");
    assertThat((Map<String, Object>) keys.get("every"))
        .containsEntry("default", "5s")
        .containsEntry("type", "string");
    assertThat((Map<String, Object>) keys.get("mode"))
        .containsEntry("enum", List.of("fast", "very-slow"));
    assertThat(keys.get("sources"))
        .isEqualTo(Map.of("type", "array", "items", Map.of("$ref", "#/$defs/source")));
    Map<String, Object> definitions = (Map<String, Object>) schema.get("$defs");
    assertThat(definitions).containsKeys("source", "file", "pipe-settings", "root");
    Map<String, Object> source = (Map<String, Object>) definitions.get("source");
    assertThat((Map<String, Object>) source.get("properties")).containsOnlyKeys("file", "pipe");
  }
}
