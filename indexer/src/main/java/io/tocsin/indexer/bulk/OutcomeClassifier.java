package io.tocsin.indexer.bulk;

import io.tocsin.indexer.document.Write;

/**
 * Which answer of OpenSearch means what.
 *
 * <p>The rule behind the table: what the cluster may get over is retried, for ever and without
 * loss; only what this document will never get over is rejected. An answer that says the cluster is
 * in a state that people must change (no permission, read-only, no index and none may be made, too
 * many shards) is retried too, for the document is not at fault. Two answers may concern one
 * document or one index alone and for ever (an error within the server, an index that somebody
 * closed): these are marked suspect.
 */
final class OutcomeClassifier {

  private static final int LONGEST_DETAIL = 1000;

  private OutcomeClassifier() {}

  /** The outcome of one document within an answered request. */
  static Outcome item(Write write, int status, String type, String reason) {
    if (status >= 200 && status < 300) {
      // 200 is an overwrite, which for the latest state of something is what it is for.
      return status == 200 && write instanceof Write.Once
          ? Outcome.Duplicate.INSTANCE
          : Outcome.Indexed.INSTANCE;
    }
    String detail = detail(status, type, reason);
    return switch (status) {
      case 409 -> Outcome.Duplicate.INSTANCE;
      case 404 ->
          write instanceof Write.Remove && type.isEmpty()
              ? Outcome.Indexed.INSTANCE
              : new Outcome.Retriable("no_index", detail, false);
      case 400 -> badRequest(type, reason, detail);
      case 401 -> new Outcome.Retriable("unauthorized", detail, false);
      case 403 ->
          type.equals("cluster_block_exception")
              ? new Outcome.Retriable("read_only", detail, false)
              : new Outcome.Retriable("unauthorized", detail, false);
      case 408 -> new Outcome.Retriable("timeout", detail, false);
      case 429 ->
          new Outcome.Retriable(
              type.equals("cluster_block_exception") ? "read_only" : "overloaded", detail, false);
      case 502, 503, 504 -> new Outcome.Retriable("unavailable", detail, false);
      default ->
          status >= 500
              ? new Outcome.Retriable("server_error", detail, true)
              : new Outcome.Rejected("refused", detail);
    };
  }

  private static Outcome badRequest(String type, String reason, String detail) {
    return switch (type) {
      case "index_closed_exception" -> new Outcome.Retriable("index_closed", detail, true);
      case "validation_exception" -> shardLimitOr(reason, detail, "refused");
      case "illegal_argument_exception" -> shardLimitOr(reason, detail, limit(reason));
      case "mapper_parsing_exception",
          "strict_dynamic_mapping_exception",
          "parsing_exception",
          "json_parse_exception",
          "not_x_content_exception" ->
          new Outcome.Rejected(limit(reason), detail);
      default -> new Outcome.Rejected("refused", detail);
    };
  }

  /** A full cluster refuses the first document of each day as if it were the document's fault. */
  private static Outcome shardLimitOr(String reason, String detail, String otherwise) {
    return reason.contains("maximum shards open") || reason.contains("maximum normal shards open")
        ? new Outcome.Retriable("shard_limit", detail, false)
        : new Outcome.Rejected(otherwise, detail);
  }

  private static String limit(String reason) {
    if (reason.contains("Duplicate")) {
      return "duplicate_key";
    }
    if (reason.contains("immense term")) {
      return "term_too_long";
    }
    return reason.contains("Limit of total fields") || reason.contains("Limit of mapping depth")
        ? "field_limit"
        : "mapping";
  }

  /**
   * The outcome of a request that was refused as a whole. A rejection is one of these documents'
   * fault, not of all: the sender finds out whose.
   */
  static Outcome request(int status, String body) {
    String detail = detail(status, "", body);
    return switch (status) {
      case 400, 422 -> new Outcome.Rejected("refused", detail);
      case 413 -> new Outcome.Rejected("too_large", detail);
      case 401, 403, 407 -> new Outcome.Retriable("unauthorized", detail, false);
      case 408 -> new Outcome.Retriable("timeout", detail, false);
      case 429 -> new Outcome.Retriable("overloaded", detail, false);
      case 502, 503, 504 -> new Outcome.Retriable("unavailable", detail, false);
      default ->
          status >= 500
              ? new Outcome.Retriable("server_error", detail, false)
              // A redirect, a page of a proxy, a path that is not there: not OpenSearch speaking.
              : new Outcome.Retriable("not_opensearch", detail, false);
    };
  }

  private static String detail(int status, String type, String reason) {
    String text = "HTTP " + status + (type.isEmpty() ? "" : " " + type) + ": " + reason;
    return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL) + "…";
  }
}
