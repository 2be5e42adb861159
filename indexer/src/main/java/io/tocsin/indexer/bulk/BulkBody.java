package io.tocsin.indexer.bulk;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.tocsin.event.PlainText;
import io.tocsin.indexer.document.Prepared.Document;
import io.tocsin.indexer.document.Write;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The NDJSON of a bulk request: an action line and the record's own bytes for each document. */
final class BulkBody {

  private static final byte[] INDEX = ascii("{\"index\":{\"_index\":\"");
  private static final byte[] DELETE = ascii("{\"delete\":{\"_index\":\"");
  private static final byte[] ID = ascii("\",\"_id\":\"");
  // Equal versions may overwrite: two states within one millisecond come in their topic's order.
  private static final byte[] VERSION = ascii("\",\"version_type\":\"external_gte\",\"version\":");
  private static final byte[] END = ascii("\"}}\n");
  private static final byte[] END_VERSION = ascii("}}\n");
  private static final int ACTION_BYTES = 160;

  private byte[] bytes;
  private int length;

  /** That of the document before: most are of one day. */
  private String index = "";

  private byte[] indexBytes = new byte[0];

  private BulkBody(int capacity) {
    bytes = new byte[capacity];
  }

  static BulkBody of(List<Document> documents) {
    long capacity = 0;
    for (Document document : documents) {
      capacity += document.to() - document.from() + document.id().length() + ACTION_BYTES;
    }
    BulkBody body = new BulkBody(Math.toIntExact(capacity));
    documents.forEach(body::add);
    return body;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  private void add(Document document) {
    switch (document.write()) {
      case Write.Once() -> {
        action(INDEX, document);
        append(END);
      }
      case Write.Latest(long version) -> {
        action(INDEX, document);
        version(version);
      }
      case Write.Remove(long version) -> {
        action(DELETE, document);
        version(version);
        return;
      }
    }
    append(document.source(), document.from(), document.to() - document.from());
    append((byte) '\n');
  }

  private void action(byte[] start, Document document) {
    append(start);
    if (!document.index().equals(index)) {
      index = document.index();
      indexBytes = ascii(index);
    }
    append(indexBytes);
    append(ID);
    id(document.id());
  }

  private void version(long version) {
    append(VERSION);
    append(ascii(Long.toString(version)));
    append(END_VERSION);
  }

  private void id(String id) {
    byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
    append(
        PlainText.endOfAscii(utf8, 0) == utf8.length
            ? utf8
            : JsonStringEncoder.getInstance().quoteAsUTF8(id));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void append(byte[] part) {
    append(part, 0, part.length);
  }

  private void append(byte b) {
    reserve(1);
    bytes[length++] = b;
  }

  private void append(byte[] part, int from, int count) {
    reserve(count);
    System.arraycopy(part, from, bytes, length, count);
    length += count;
  }

  private void reserve(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length + bytes.length / 2, length + count));
    }
  }
}
