package io.tocsin.agent.source.file;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which lines of a file are one event. */
@Doc("`python`, `java` or `{ start: REGEX, max-lines: 500, flush: 1s }`")
record Multiline(Options options) {

  /** Programs whose stack traces are known. */
  enum Kind {
    PYTHON,
    JAVA
  }

  /** All that can be said; exactly one of {@code kind} and {@code start}. */
  record Options(
      @Doc("whose stack traces are kept whole") @Nullable Kind kind,
      @Doc("what an event's first line holds; all others belong to the one before")
          @Nullable Pattern start,
      @Default("500") @Doc("after so many lines a new event begins") int maxLines,
      @Default("1s") @Doc("how long an event's next line is waited for") Duration flush) {

    Options {
      require(
          (kind == null) != (start == null), "", null, "must be python, java or { start: REGEX }");
      require(maxLines >= 2 && maxLines <= 100_000, "max-lines", maxLines, "must be 2 to 100000");
      require(
          flush.isPositive() && flush.compareTo(Duration.ofMinutes(5)) <= 0,
          "flush",
          flush,
          "must be more than nothing and 5m at most");
    }

    ContinuationRule rule(Runnable givenUp) {
      if (start != null) {
        return ContinuationRule.startingAt(start, givenUp);
      }
      return kind == Kind.PYTHON ? new PythonTraceRule() : ContinuationRule.JAVA;
    }
  }

  static Multiline fromConfig(ConfigNode node) {
    if (node.isMap()) {
      return new Multiline(node.as(Options.class));
    }
    Kind kind =
        switch (node.text()) {
          case "python" -> Kind.PYTHON;
          case "java" -> Kind.JAVA;
          default -> throw node.invalid("must be python, java or { start: REGEX }", "");
        };
    return new Multiline(new Options(kind, null, 500, Duration.ofSeconds(1)));
  }
}
