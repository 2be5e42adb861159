package io.tocsin.alerting.rule;

import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads several parts of one thing and reports the problems of all of them at once. */
final class Gathering {

  private final List<Problem> problems = new ArrayList<>();

  /** A part that was read, or failed to be. */
  static final class Part<T> {
    private @Nullable T value;

    /** The part; only after {@link Gathering#check} has passed. */
    T get() {
      return Objects.requireNonNull(value);
    }

    /** Hands on the part, if it could be read. */
    void ifRead(Consumer<T> taker) {
      if (value != null) {
        taker.accept(value);
      }
    }
  }

  /** Reads one part now. */
  <T> Part<T> read(Supplier<T> reading) {
    Part<T> part = new Part<>();
    problems.addAll(ConfigReader.problemsOf(() -> part.value = reading.get()));
    return part;
  }

  void addAll(List<Problem> more) {
    problems.addAll(more);
  }

  void add(Problem problem) {
    problems.add(problem);
  }

  /** Throws what was gathered, if anything was. */
  void check() {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
