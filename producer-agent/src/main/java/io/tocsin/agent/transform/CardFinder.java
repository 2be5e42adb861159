package io.tocsin.agent.transform;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds numbers of payment cards: 13 to 19 digits, in groups parted by one blank or dash or in one
 * piece, that begin as an issuer's do (ISO/IEC 7812) and pass Luhn's check. The issuer's form keeps
 * times in nanoseconds and the like out, of which a tenth pass the check by chance.
 */
final class CardFinder implements Finder {

  private static final int SHORTEST = 13;
  private static final int LONGEST = 19;

  @Override
  public List<Span> in(String text) {
    List<Span> found = new ArrayList<>(0);
    int at = 0;
    while (at < text.length()) {
      if (!isDigit(text.charAt(at))) {
        at++;
      } else {
        int end = runEnd(text, at);
        @Nullable Span card = end - at < SHORTEST || isPart(text, at) ? null : card(text, at, end);
        if (card != null) {
          found.add(card);
        }
        at = card == null ? end : card.to();
      }
    }
    return found;
  }

  /** Whether a text of digits alone is such a number. */
  static boolean isCard(String digits) {
    return digits.length() >= SHORTEST
        && digits.length() <= LONGEST
        && isIssued(digits)
        && passesLuhn(digits);
  }

  /** Digits behind a letter or a point belong to an identifier or a fraction. */
  private static boolean isPart(String text, int at) {
    if (at == 0) {
      return false;
    }
    char before = text.charAt(at - 1);
    return Character.isLetter(before)
        || before == '_'
        || (before == '.' && at > 1 && isDigit(text.charAt(at - 2)));
  }

  /** The end of digits with single blanks or dashes between them. */
  private static int runEnd(String text, int from) {
    int end = from + 1;
    while (end < text.length()) {
      char c = text.charAt(end);
      boolean parted =
          (c == ' ' || c == '-') && end + 1 < text.length() && isDigit(text.charAt(end + 1));
      if (!isDigit(c) && !parted) {
        return end;
      }
      end++;
    }
    return end;
  }

  /** The first card number that stands in the groups of a run; other numbers may be beside it. */
  private static @Nullable Span card(String text, int from, int end) {
    for (int start = from; start < end; start = nextGroup(text, start, end)) {
      @Nullable Span found = cardAt(text, start, end);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** One group alone, or groups as they are printed on cards: four digits, then three to six. */
  private static @Nullable Span cardAt(String text, int start, int end) {
    StringBuilder digits = new StringBuilder(LONGEST);
    int group = start;
    while (group < end) {
      int groupEnd = Math.min(nextGroup(text, group, end) - 1, end);
      int length = groupEnd - group;
      boolean printed = group == start || (length >= 3 && length <= 6);
      if (!printed || digits.length() + length > LONGEST) {
        return null;
      }
      digits.append(text, group, groupEnd);
      if (isCard(digits.toString())) {
        return new Span(start, groupEnd);
      }
      if (group == start && length != 4) {
        return null;
      }
      group = groupEnd + 1;
    }
    return null;
  }

  private static int nextGroup(String text, int from, int end) {
    int at = from;
    while (at < end && isDigit(text.charAt(at))) {
      at++;
    }
    return at + 1;
  }

  private static boolean isIssued(String digits) {
    int first2 = Integer.parseInt(digits, 0, 2, 10);
    int first4 = Integer.parseInt(digits, 0, 4, 10);
    int length = digits.length();
    boolean visa = first2 / 10 == 4;
    return switch (length) {
      case 13 -> visa;
      case 14 -> first2 == 36 || first2 == 38 || first2 == 39 || (first4 >= 3000 && first4 <= 3059);
      case 15 -> first2 == 34 || first2 == 37;
      case 16 ->
          visa
              || (first2 >= 50 && first2 <= 58) // Mastercard and Maestro
              || first2 / 10 == 6 // Discover, UnionPay, Maestro
              || (first4 >= 2200 && first4 <= 2204) // Mir
              || (first4 >= 2221 && first4 <= 2720) // Mastercard
              || (first4 >= 3528 && first4 <= 3589) // JCB
              || first4 == 9792; // Troy
      default -> (visa && length == 19) || first2 / 10 == 6;
    };
  }

  private static boolean passesLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighed = i % 2 == 0 ? digit : 2 * digit;
      sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return sum % 10 == 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
