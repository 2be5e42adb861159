package io.tocsin.alerting.prove;

import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.Problem;
import io.tocsin.event.Alert;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs tests that are written beside rules, by the evaluator that runs in production. */
public final class RuleTests {

  private RuleTests() {}

  /**
   * Reads all files, then runs each.
   *
   * @return a result for each file, in their order
   * @throws ConfigException with every problem of every test and of the rules they name
   */
  public static List<RuleTestResult> run(List<Path> files) {
    List<Problem> problems = new ArrayList<>();
    List<RuleTestResult> results = new ArrayList<>();
    List<RuleTestFile> tests = new ArrayList<>();
    for (Path file : files) {
      problems.addAll(
          ConfigReader.problemsOf(() -> tests.add(ConfigReader.read(file, RuleTestFile.class))));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems.stream().distinct().toList());
    }
    for (int i = 0; i < tests.size(); i++) {
      results.add(run(files.get(i), tests.get(i)));
    }
    return results;
  }

  private static RuleTestResult run(Path file, RuleTestFile test) {
    List<Alert> happened = new ArrayList<>();
    Replay replay = new Replay(test.rules().set(), test.begin(), test.end(), happened::add);
    test.events().records().forEach(replay::read);
    replay.finish();
    return new RuleTestResult(file, TransitionDiff.of(test.expect(), happened));
  }
}
