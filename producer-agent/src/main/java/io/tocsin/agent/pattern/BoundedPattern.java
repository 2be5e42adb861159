package io.tocsin.agent.pattern;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression of {@link Pattern} that gives up rather than going on for ever: patterns
 * with nested repetitions, such as {@code (a+)+b}, may take a time that doubles with each character
 * of a text, and this text is what anybody writes into a log. The looks at characters are counted:
 * a search ends after some milliseconds, or a tenth of a second for a text of a megabyte.
 * Thread-safe.
 */
public final class BoundedPattern {

  /** Looks at characters that are free; a usual pattern needs a few for each one of a text. */
  private static final long FREE_LOOKS = 100_000;

  private static final long LOOKS_A_CHARACTER = 20;

  private final Pattern pattern;

  public BoundedPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * What its groups hold when it fits the whole text.
   *
   * @throws GaveUpException when that cannot be said within the bound
   */
  public Optional<MatchResult> fit(String text) throws GaveUpException {
    Matcher matcher = matcher(text);
    try {
      return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    } catch (CountedText.TooManyLooks | StackOverflowError e) {
      throw new GaveUpException(); // java.util.regex recurses for (a|b)*
    }
  }

  /**
   * Whether it is found anywhere in the text.
   *
   * @throws GaveUpException when that cannot be said within the bound
   */
  public boolean isIn(String text) throws GaveUpException {
    try {
      return matcher(text).find();
    } catch (CountedText.TooManyLooks | StackOverflowError e) {
      throw new GaveUpException();
    }
  }

  private Matcher matcher(String text) {
    return pattern.matcher(new CountedText(text, FREE_LOOKS + LOOKS_A_CHARACTER * text.length()));
  }
}
