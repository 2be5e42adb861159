package io.tocsin.agent.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds tokens of one kind by the mark that their issuer gave them. The pattern is only tried where
 * the mark stands, and holds no repetition that could fit in two ways, so it never goes back.
 */
record TokenFinder(String mark, Pattern pattern) implements Finder {

  private static final String BEARER_TOKEN = "(?<=earer |EARER )[A-Za-z0-9._~+/-]{16,}+={0,2}+";

  static final List<TokenFinder> ALL =
      List.of(
          // JSON web tokens begin with {" in base64.
          of("eyJ", "eyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{4,}+(?:\\.[A-Za-z0-9_-]++){0,3}+"),
          of("earer ", BEARER_TOKEN),
          of("EARER ", BEARER_TOKEN),
          of(
              "PRIVATE KEY-----",
              "-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^-]*+(?:-----END [A-Z ]{0,31}-----)?+"),
          // GitHub, GitLab, Slack, AWS, Google, Stripe
          of("gh", "\\bgh[pousr]_[A-Za-z0-9]{30,}+"),
          of("github_pat_", "\\bgithub_pat_[A-Za-z0-9_]{20,}+"),
          of("glpat-", "\\bglpat-[A-Za-z0-9_-]{20,}+"),
          of("xox", "\\bxox[abeprs]-[A-Za-z0-9-]{10,}+"),
          of("AKIA", "\\bAKIA[A-Z0-9]{16}\\b"),
          of("ASIA", "\\bASIA[A-Z0-9]{16}\\b"),
          of("AIza", "\\bAIza[A-Za-z0-9_-]{35}"),
          of("k_live_", "\\b[rs]k_live_[A-Za-z0-9]{16,}+"),
          of("k_test_", "\\b[rs]k_test_[A-Za-z0-9]{16,}+"));

  private static TokenFinder of(String mark, String pattern) {
    return new TokenFinder(mark, Pattern.compile(pattern));
  }

  @Override
  public List<Span> in(String text) {
    int first = text.indexOf(mark);
    if (first < 0) {
      return List.of();
    }
    List<Span> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(new Span(matcher.start(), matcher.end()));
    }
    return found;
  }
}
