package io.tocsin.indexer;

import io.tocsin.indexer.bulk.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether OpenSearch takes documents at the moment; says so once when that changes. Thread-safe.
 */
final class Weather {

  private static final Logger LOG = LoggerFactory.getLogger(Weather.class);

  private @Nullable String trouble;

  /**
   * After a request.
   *
   * @param retriable why some documents must be sent again; null when none must
   * @param progress whether any document of it was settled
   */
  synchronized void report(Outcome.@Nullable Retriable retriable, boolean progress) {
    if (progress || retriable == null) {
      if (trouble != null) {
        LOG.atInfo().log("OpenSearch takes documents again");
      }
      trouble = null;
    } else if (!retriable.suspect() && !retriable.reason().equals(trouble)) {
      trouble = retriable.reason();
      LOG.atWarn()
          .addKeyValue("reason", retriable.reason())
          .log("OpenSearch takes no documents, holding them back and trying again");
    }
  }

  /** Why documents are held back; null when they are not. */
  synchronized @Nullable String trouble() {
    return trouble;
  }
}
