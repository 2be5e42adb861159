package io.tocsin.agent.transform;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is made unreadable in messages and meta. */
public record RedactSettings(
    @Default("[]") @Doc("what the agent finds by itself") List<BuiltIn> patterns,
    @Default("{}")
        @Doc("names and patterns of your own; with a group, only what it holds is taken out")
        Map<String, OwnPattern> own,
    @Doc("fields that are told apart but not read") @Nullable HashSettings hash) {

  public RedactSettings {
    require(
        !patterns.isEmpty() || !own.isEmpty() || hash != null,
        "",
        null,
        "needs patterns, own or hash");
    for (String name : own.keySet()) {
      require(!name.isBlank() && name.indexOf(']') < 0, "own", name, "must be names without a ']'");
    }
  }

  /** All that is to be found, by the label that takes its place. */
  Map<String, List<Finder>> finders() {
    Map<String, List<Finder>> finders = new LinkedHashMap<>();
    // In the order of the declaration: what is sure of itself comes before what guesses by names.
    Set<BuiltIn> sorted = EnumSet.noneOf(BuiltIn.class);
    sorted.addAll(patterns);
    sorted.forEach(each -> finders.put(each.label(), each.finders()));
    own.forEach((name, pattern) -> finders.put(name, List.of(pattern)));
    return finders;
  }

  boolean finds(BuiltIn pattern) {
    return patterns.contains(pattern);
  }
}
