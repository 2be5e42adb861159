package io.tocsin.agent.transform;

import java.util.ArrayList;
import java.util.List;

/** Finds the password in {@code scheme://user:password@host}. */
final class AddressPasswordFinder implements Finder {

  private static final int LONGEST = 512;

  @Override
  public List<Span> in(String text) {
    List<Span> found = new ArrayList<>(0);
    int at = text.indexOf("://");
    while (at >= 0) {
      int from = at + 3;
      int colon = -1;
      int sign = -1;
      int end = from;
      int limit = Math.min(text.length(), from + LONGEST);
      while (end < limit && " \t\n\"'<>/?#".indexOf(text.charAt(end)) < 0) {
        if (text.charAt(end) == ':' && colon < 0) {
          colon = end;
        } else if (text.charAt(end) == '@') {
          sign = end; // the last one: a password may hold others
        }
        end++;
      }
      if (colon >= 0 && sign > colon + 1) {
        found.add(new Span(colon + 1, sign));
      }
      at = text.indexOf("://", from);
    }
    return found;
  }
}
