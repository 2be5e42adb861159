package io.tocsin.agent.source.journal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an entry stands: a cursor begins with the id of a sequence and the entry's number in it,
 * {@code s=<32 hex>;i=<hex>}, which stay the same however often and by whomever it is read
 * (systemd, {@code sd_journal_get_cursor}).
 *
 * @param epoch of the source's ids
 * @param sequence of the source's ids
 */
record Position(String epoch, long sequence) {

  private static final Pattern CURSOR =
      Pattern.compile("s=([0-9a-f]{1,32});i=([0-9a-f]{1,14})(;.*)?");

  /** Empty for a cursor of another form. */
  static Optional<Position> of(String cursor) {
    Matcher matcher = CURSOR.matcher(cursor);
    return matcher.matches()
        ? Optional.of(new Position(matcher.group(1), Long.parseLong(matcher.group(2), 16)))
        : Optional.empty();
  }
}
