package io.tocsin.alerting.prove;

import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test of rules, as written.
 *
 * @param name what it shows, for people
 * @param from where the clock starts; the first event's time without it
 * @param until where the clock ends; the last event's time without it
 */
record RuleTestFile(
    @Nullable String name,
    Rules rules,
    TestEvents events,
    List<ExpectedTransition> expect,
    @Nullable Moment from,
    @Nullable Moment until) {

  @Nullable Instant begin() {
    return from == null ? null : from.at();
  }

  @Nullable Instant end() {
    return until == null ? null : until.at();
  }

  /** A time as RFC 3339 has it. */
  record Moment(Instant at) {
    static Moment fromConfig(ConfigNode node) {
      return new Moment(ExpectedTransition.time(node));
    }
  }

  /** The rules under test: a file or a list of them, beside the test; or the default pack. */
  record Rules(RuleSet set) {

    private static final String DEFAULT_PACK = "default-pack";

    static Rules fromConfig(ConfigNode node) {
      if (node.isScalar() && node.text().equals(DEFAULT_PACK)) {
        return new Rules(RuleSet.defaultPack());
      }
      List<ConfigNode> given = node.isList() ? node.items() : List.of(node);
      try {
        return new Rules(RuleSet.read(given.stream().map(Rules::beside).toList()));
      } catch (ConfigException e) {
        throw problemsAt(node, e.problems());
      }
    }

    private static Path beside(ConfigNode node) {
      return TestEvents.beside(node);
    }

    /** Problems of the rules' own file, as the problem of naming it where there is just one. */
    private static RuntimeException problemsAt(ConfigNode node, List<Problem> problems) {
      Problem first = problems.getFirst();
      return node.invalid(
          "names rules with "
              + (problems.size() == 1 ? "a problem" : problems.size() + " problems")
              + ", such as "
              + first,
          "tocsin rules validate shows them all");
    }
  }
}
