package io.tocsin.indexer.document;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Fields to look for at the top level of a record.
 *
 * @param texts their names
 * @param names the same as bytes
 */
@SuppressWarnings("ArrayRecordComponent") // made once for each topic, never compared
record Wanted(List<String> texts, byte[][] names) {

  static Wanted of(String... names) {
    List<String> texts = List.of(names);
    return new Wanted(
        texts,
        texts.stream().map(n -> n.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new));
  }
}
