package io.tocsin.event;

import java.util.Optional;

/**
 * Where a record was first read: {@code agent/source/epoch/sequence}. The same line read twice has
 * the same id; two equal lines have two. Within one epoch the sequence only grows, so a consumer
 * that remembers the highest sequence of each source knows a re-send when it sees one.
 *
 * @param agent the agent's name, unique in the fleet; no slash
 * @param source the source within the agent; no slash
 * @param epoch one life of the source (a file's identity, a spool's birth); no slash
 * @param sequence the position in that life, from 0 (a file's byte offset, a spool's counter)
 */
public record SourceId(String agent, String source, String epoch, long sequence) {

  public SourceId {
    requirePart("agent", agent);
    requirePart("source", source);
    requirePart("epoch", epoch);
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence must not be negative: " + sequence);
    }
  }

  /** The id's text, as it stands in a record. */
  @Override
  public String toString() {
    return prefix() + sequence;
  }

  /** All but the sequence, with its closing slash: what a high-water mark is kept under. */
  public String prefix() {
    return agent + '/' + source + '/' + epoch + '/';
  }

  /** Reads an id; empty when {@code text} has another form, as ids of foreign producers may. */
  public static Optional<SourceId> parse(String text) {
    int source = text.indexOf('/') + 1;
    int epoch = text.indexOf('/', source) + 1;
    int sequence = text.indexOf('/', epoch) + 1;
    // No part is empty, and a fourth slash is no digit.
    if (source <= 1 || epoch <= source + 1 || sequence <= epoch + 1) {
      return Optional.empty();
    }
    String digits = text.substring(sequence);
    if (digits.isEmpty() || digits.length() > 18) {
      return Optional.empty();
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return Optional.empty();
      }
    }
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      return Optional.empty();
    }
    return Optional.of(
        new SourceId(
            text.substring(0, source - 1),
            text.substring(source, epoch - 1),
            text.substring(epoch, sequence - 1),
            Long.parseLong(digits)));
  }

  private static void requirePart(String name, String value) {
    if (value.isEmpty() || value.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          name + " of a source id must not be empty or hold a slash: '" + value + "'");
    }
  }
}
