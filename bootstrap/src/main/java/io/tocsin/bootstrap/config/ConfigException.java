package io.tocsin.bootstrap.config;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration cannot be used; holds every problem found, in the order of files and lines. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** At least one problem. */
  public ConfigException(List<Problem> problems) {
    super(
        problems.stream().map(Problem::toString).collect(Collectors.joining("\n")),
        null,
        false,
        false);
    List<String> files = problems.stream().map(Problem::file).distinct().toList();
    this.problems =
        problems.stream()
            .sorted(
                Comparator.<Problem>comparingInt(problem -> files.indexOf(problem.file()))
                    .thenComparingInt(Problem::line))
            .distinct()
            .toList();
  }

  /** Every problem found, in the order of files and lines. */
  public List<Problem> problems() {
    return problems;
  }
}
