package io.tocsin.bootstrap.config;

import java.util.List;

/** Problems on their way up to the reader, which puts all of them into one ConfigException. */
final class Invalid extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  Invalid(Problem problem) {
    this(List.of(problem));
  }

  Invalid(List<Problem> problems) {
    super(problems.toString(), null, false, false);
    this.problems = List.copyOf(problems);
  }

  List<Problem> problems() {
    return problems;
  }
}
