package io.tocsin.indexer.cluster;

/** What came of a request. */
public sealed interface Reply {

  /**
   * The cluster, or a proxy before it, answered.
   *
   * @param status the HTTP status
   * @param body may be empty
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Answered(int status, byte[] body) implements Reply {}

  /**
   * No answer came; whether the request was carried out is unknown.
   *
   * @param reason a bounded key for counting: {@code unreachable}, {@code timeout} or {@code
   *     connection_lost}
   * @param detail for people
   */
  record Unanswered(String reason, String detail) implements Reply {}
}
