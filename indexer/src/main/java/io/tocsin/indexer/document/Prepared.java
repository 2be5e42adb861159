package io.tocsin.indexer.document;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record as the indexer sees it. */
public sealed interface Prepared {

  /** Where it came from, whole. */
  ConsumerRecord<byte[], byte[]> record();

  /** How much memory it holds, about. */
  default int weight() {
    byte[] value = record().value();
    return 200 + (value == null ? 0 : value.length);
  }

  /**
   * Fit to be sent.
   *
   * @param index its index's name
   * @param id the document's id, at most {@value DocumentId#MAX_BYTES} bytes of UTF-8
   * @param write how it goes in
   * @param source holds the JSON object, on one line
   * @param from where the object starts in {@code source}
   * @param to where it ends, exclusive
   * @param reduced whether it is in its {@linkplain Reduction reduced} form
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody; the bytes are the record's own
  record Document(
      ConsumerRecord<byte[], byte[]> record,
      String index,
      String id,
      Write write,
      byte[] source,
      int from,
      int to,
      boolean reduced)
      implements Prepared {

    Document reducedTo(byte[] json) {
      return new Document(record, index, id, write, json, 0, json.length, true);
    }
  }

  /**
   * Not to be indexed, ever.
   *
   * @param flaw why, for counting
   * @param detail why, for people
   */
  record Unusable(ConsumerRecord<byte[], byte[]> record, Flaw flaw, String detail)
      implements Prepared {}
}
