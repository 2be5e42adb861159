package io.tocsin.alerting.convert;

import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.ConfigReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rule files of other systems as rule files of Tocsin. What has no counterpart is left out and
 * named, never guessed at. Every rule that comes out is one that {@link RuleSet} takes.
 */
public final class Conversion {

  private final List<Map<String, @Nullable Object>> rules = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /** Whose rules they are. */
  public enum Source {
    PROMETHEUS,
    ELASTALERT
  }

  /**
   * What there is to say of a rule.
   *
   * @param rule its name over there
   * @param left whether it was left out; else it was converted, and this tells how it differs
   */
  public record Note(String rule, boolean left, String text) {}

  /**
   * Converts files.
   *
   * @throws ConfigException when one is no YAML
   */
  public static Conversion of(Source source, List<Path> files) {
    Conversion conversion = new Conversion();
    for (Path file : files) {
      conversion.add(source, file.toString(), ConfigReader.read(file, ConfigNode.class).plain());
    }
    return conversion;
  }

  /** Converts a file's text. */
  static Conversion of(Source source, String yaml) {
    Conversion conversion = new Conversion();
    conversion.add(source, "file", ConfigReader.read("file", yaml, ConfigNode.class).plain());
    return conversion;
  }

  private void add(Source source, String file, @Nullable Object root) {
    List<Draft> drafts =
        switch (source) {
          case PROMETHEUS -> PrometheusRules.read(root);
          case ELASTALERT -> List.of(ElastAlertRule.read(root, file));
        };
    drafts.forEach(this::take);
  }

  private void take(Draft draft) {
    String refusal = draft.refusal();
    if (refusal == null) {
      refusal = refusal(draft);
    }
    if (refusal != null) {
      notes.add(new Note(draft.origin(), true, refusal));
      return;
    }
    rules.add(draft.written());
    draft.differences().forEach(text -> notes.add(new Note(draft.origin(), false, text)));
  }

  private @Nullable String refusal(Draft draft) {
    if (!names.add(draft.name())) {
      return "another rule is named " + draft.name() + " already";
    }
    try {
      RuleSet.parse("converted", RuleYaml.of(List.of(draft.written())));
      return null;
    } catch (ConfigException e) {
      return "no rule of Tocsin comes of it: " + e.getMessage();
    }
  }

  /** How many rules came out. */
  public int count() {
    return rules.size();
  }

  /** What there is to say, in the order of the files. */
  public List<Note> notes() {
    return List.copyOf(notes);
  }

  /** The rules as a rule file. */
  public String yaml() {
    return RuleYaml.of(rules);
  }
}
