package io.tocsin.agent.transform;

import java.util.ArrayList;
import java.util.List;

/** Finds mail addresses: looks at both sides of each at sign, as far as an address may reach. */
final class EmailFinder implements Finder {

  // RFC 5321, 4.5.3.1
  private static final int LONGEST_LOCAL_PART = 64;
  private static final int LONGEST_DOMAIN = 255;

  @Override
  public List<Span> in(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      return List.of();
    }
    List<Span> found = new ArrayList<>();
    int behind = 0;
    while (at >= 0) {
      int start = at;
      while (start > behind && at - start < LONGEST_LOCAL_PART && isLocal(text.charAt(start - 1))) {
        start--;
      }
      int end = domainEnd(text, at + 1);
      if (start < at && end > 0) {
        found.add(new Span(start, end));
        behind = end;
      }
      at = text.indexOf('@', at + 1);
    }
    return found;
  }

  /** Where the domain that begins at {@code from} ends; −1 when there is none. */
  private static int domainEnd(String text, int from) {
    int end = from;
    int limit = Math.min(text.length(), from + LONGEST_DOMAIN);
    while (end < limit && isDomain(text.charAt(end))) {
      end++;
    }
    while (end > from && !Character.isLetterOrDigit(text.charAt(end - 1))) {
      end--; // the full stop of a sentence
    }
    int dot = end - 1;
    while (dot > from && text.charAt(dot) != '.') {
      dot--;
    }
    boolean good = dot > from && end - dot > 2 && Character.isLetter(text.charAt(dot + 1));
    return good ? end : -1;
  }

  private static boolean isLocal(char c) {
    return Character.isLetterOrDigit(c) || "._%+-'".indexOf(c) >= 0;
  }

  private static boolean isDomain(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '-';
  }
}
