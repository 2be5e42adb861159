package io.tocsin.indexer.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tocsin.indexer.document.Prepared.Document;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * The second chance of a document that the index refused: the envelope stays where it is, all else
 * goes under {@code unindexed}, which the index keeps and does not look into. So a value of {@code
 * meta} longer than a term may be, a dotted name that clashes with another field, or one field more
 * than an index may have costs that document its searchable details, not its place.
 */
public final class Reduction {

  private static final Set<String> ENVELOPE =
      Set.of(
          // of log events and telemetry
          "ts",
          "service",
          "level",
          "event",
          "message",
          "host",
          "source",
          "id",
          "device",
          "kind",
          // of alerts and health
          "fingerprint",
          "episode",
          "rule",
          "revision",
          "severity",
          "status",
          "at",
          "startsAt",
          "endsAt",
          "window",
          "summary",
          "reason",
          "since");

  private Reduction() {}

  /** The same document in its reduced form; empty when that would change nothing. */
  public static Optional<Document> of(Document document) {
    if (document.reduced() || document.write() instanceof Write.Remove) {
      return Optional.empty();
    }
    try {
      Parts parts = split(document.source(), document.from(), document.to());
      return parts.rest.size() == 0
          ? Optional.empty()
          : Optional.of(document.reducedTo(parts.toBytes()));
    } catch (IOException e) {
      throw new IllegalStateException("it was read as JSON before", e);
    }
  }

  private static Parts split(byte[] json, int from, int to) throws IOException {
    Parts parts = new Parts();
    try (JsonParser in = JsonScan.JSON.createParser(json, from, to - from)) {
      in.nextToken();
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        int start = from + Math.toIntExact(in.currentTokenLocation().getByteOffset());
        JsonToken value = in.nextToken();
        in.skipChildren();
        in.finishToken(); // texts are read lazily, and the end is wanted
        int end = from + Math.toIntExact(in.currentLocation().getByteOffset());
        boolean stays = ENVELOPE.contains(name);
        parts.add(stays ? parts.envelope : parts.rest, json, start, end);
        if (value == null) {
          throw new IOException("a value is missing");
        }
      }
    }
    return parts;
  }

  /** Two lists of {@code "name":value}, each as its bytes were. */
  private static final class Parts {
    private final ByteArrayOutputStream envelope = new ByteArrayOutputStream();
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

    void add(ByteArrayOutputStream list, byte[] json, int start, int end) {
      if (list.size() > 0) {
        list.write(',');
      }
      list.write(json, start, end - start);
    }

    byte[] toBytes() {
      ByteArrayOutputStream all = new ByteArrayOutputStream(envelope.size() + rest.size() + 20);
      all.write('{');
      all.writeBytes(envelope.toByteArray());
      if (envelope.size() > 0) {
        all.write(',');
      }
      all.writeBytes("\"unindexed\":{".getBytes(StandardCharsets.US_ASCII));
      all.writeBytes(rest.toByteArray());
      all.writeBytes("}}".getBytes(StandardCharsets.US_ASCII));
      return all.toByteArray();
    }
  }
}
