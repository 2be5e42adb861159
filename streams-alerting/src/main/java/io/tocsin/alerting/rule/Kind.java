package io.tocsin.alerting.rule;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a rule waits for. Exactly one of these stands in each rule. */
public sealed interface Kind {

  /** The window; empty for kinds without one. */
  default Optional<Span> window() {
    return Optional.empty();
  }

  /** Which records the rule sees at all, where that is more than those that match. */
  default Optional<Selection> seen() {
    return Optional.empty();
  }

  /** What the value is measured against, for people; null for kinds without a threshold. */
  default @Nullable Object threshold() {
    return null;
  }

  /**
   * At least so many matching records in the window.
   *
   * @param atLeast 1 or more
   */
  record Count(long atLeast, Span within) implements Kind {
    @Override
    public Optional<Span> window() {
      return Optional.of(within);
    }

    @Override
    public Object threshold() {
      return atLeast;
    }
  }

  /**
   * At least so many different values of a field in the window.
   *
   * @param atLeast 1 or more
   */
  record Distinct(FieldPath of, long atLeast, Span within) implements Kind {
    @Override
    public Optional<Span> window() {
      return Optional.of(within);
    }

    @Override
    public Object threshold() {
      return atLeast;
    }
  }

  /**
   * The last so many records among a selection all match.
   *
   * @param times 1 or more
   */
  record Consecutive(long times, Selection among) implements Kind {
    @Override
    public Optional<Selection> seen() {
      return Optional.of(among);
    }

    @Override
    public Object threshold() {
      return times;
    }
  }

  /**
   * Matching records are more than this share of a selection.
   *
   * @param above from 0 up to, not including, 1
   * @param atLeast how many records of the selection there must be; 1 or more
   */
  record Ratio(BigDecimal above, long atLeast, Selection among, Span within) implements Kind {
    @Override
    public Optional<Span> window() {
      return Optional.of(within);
    }

    @Override
    public Optional<Selection> seen() {
      return Optional.of(among);
    }

    @Override
    public Object threshold() {
      return above;
    }
  }

  /** Which side of a bound rings. The bound itself does not. */
  enum Side {
    ABOVE,
    BELOW
  }

  /** How the values of a window become one. */
  enum Function {
    AVG,
    MIN,
    MAX,
    SUM,
    P50,
    P95,
    P99
  }

  /**
   * A function over a field's numbers in the window crosses a bound.
   *
   * @param atLeast how many numbers there must be; 1 or more
   */
  record Aggregate(
      Function function, FieldPath of, Side side, BigDecimal bound, long atLeast, Span within)
      implements Kind {
    @Override
    public Optional<Span> window() {
      return Optional.of(within);
    }

    @Override
    public Object threshold() {
      return bound;
    }
  }

  /**
   * The window's average strays from the average over the baseline before it.
   *
   * @param by the share of the baseline's average: 0.5 is half as much again
   * @param atLeast how many numbers the baseline must hold; 1 or more
   */
  record Deviation(FieldPath of, Side side, BigDecimal by, Span baseline, long atLeast, Span within)
      implements Kind {
    @Override
    public Optional<Span> window() {
      return Optional.of(within);
    }

    @Override
    public Object threshold() {
      return by;
    }
  }

  /**
   * A group has had no matching record for a while.
   *
   * @param after how long; more than zero
   * @param expect groups that are waited for before they were ever seen, by group-by field
   */
  record Absent(Span after, List<Map<String, Object>> expect) implements Kind {
    @Override
    public Optional<Span> window() {
      return Optional.of(after);
    }
  }

  /**
   * A field became a value.
   *
   * @param from what it must have been before; null for anything
   */
  record Change(FieldPath of, Object to, @Nullable Object from) implements Kind {
    @Override
    public Object threshold() {
      return to;
    }
  }

  /**
   * A field has a value that its group never showed before.
   *
   * @param learn how long after the group's first record nothing rings
   */
  record New(FieldPath of, Span learn) implements Kind {}
}
