package io.tocsin.agent.transform;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tocsin.agent.pattern.CountedText;
import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.Doc;
import java.util.ArrayList;
import java.util.List;

/**
 * A user's own pattern. RE2 looks for a match in a time that grows with the text alone; to look for
 * every match may still take its square, so the work is counted, and what is left of a text that
 * takes too much is found as a whole. If the pattern has a group, what the first one holds is
 * found, else the match.
 */
@Doc("regular expression of RE2")
record OwnPattern(Pattern pattern) implements Finder {

  /** Up to here even the square is nothing. */
  private static final int SHORT_TEXT = 1024;

  /** Looks at each character. */
  private static final int MOST_LOOKS = 20;

  static OwnPattern fromConfig(ConfigNode node) {
    OwnPattern own = new OwnPattern(compile(node));
    if (own.pattern.matcher("").find()) {
      throw node.invalid("must not fit the empty text", "");
    }
    return own;
  }

  private static Pattern compile(ConfigNode node) {
    try {
      return Pattern.compile(node.text());
    } catch (PatternSyntaxException e) {
      throw node.invalid(
          "must be a regular expression: " + e.getDescription(),
          "RE2 has no look-around and no back-references; put what is to go into a group");
    }
  }

  @Override
  public List<Span> in(String text) {
    if (text.length() <= SHORT_TEXT) {
      return in(text, text, new ArrayList<>(0));
    }
    List<Span> found = new ArrayList<>(0);
    try {
      return in(text, new CountedText(text, (long) MOST_LOOKS * text.length()), found);
    } catch (CountedText.TooManyLooks e) {
      int from = found.isEmpty() ? 0 : found.getLast().to();
      if (from < text.length()) {
        found.add(new Span(from, text.length()));
      }
      return found;
    }
  }

  private List<Span> in(String text, CharSequence looked, List<Span> found) {
    Matcher matcher = pattern.matcher(looked);
    int group = matcher.groupCount() > 0 ? 1 : 0;
    int at = 0;
    while (at <= text.length() && matcher.find(at)) {
      int from = matcher.start(group);
      if (from >= 0 && from < matcher.end(group)) {
        found.add(new Span(from, matcher.end(group)));
      }
      at = Math.max(matcher.end(), at + 1);
    }
    return found;
  }
}
