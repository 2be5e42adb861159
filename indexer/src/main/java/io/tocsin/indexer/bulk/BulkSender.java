package io.tocsin.indexer.bulk;

import io.tocsin.indexer.cluster.Call;
import io.tocsin.indexer.cluster.Cluster;
import io.tocsin.indexer.cluster.Reply;
import io.tocsin.indexer.document.Prepared.Document;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends documents, once, and says what came of each. Thread-safe. */
public final class BulkSender {

  private static final Logger LOG = LoggerFactory.getLogger(BulkSender.class);
  private static final Map<String, String> PARAMETERS = Map.of("filter_path", BulkAnswer.FILTER);

  private final Cluster cluster;

  public BulkSender(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Sends all of them in one request. When the request is refused for the fault of one, it is
   * halved until that one is found.
   *
   * @return an outcome for each document, in their order
   * @throws InterruptedException when the thread is interrupted; outcomes are then unknown
   */
  public List<Outcome> send(List<Document> documents) throws InterruptedException {
    try {
      return attempt(documents);
    } catch (RuntimeException e) { // a fault of ours must not stop the other documents
      LOG.atError()
          .setCause(e)
          .addKeyValue("documents", documents.size())
          .log("documents could not be sent");
      return orHalves(documents, new Outcome.Rejected("internal_error", e.toString()));
    }
  }

  private List<Outcome> attempt(List<Document> documents) throws InterruptedException {
    BulkBody body = BulkBody.of(documents);
    Call call =
        new Call("POST", "/_bulk", PARAMETERS, "application/x-ndjson", body.bytes(), body.length());
    return switch (cluster.send(call)) {
      case Reply.Unanswered(String reason, String detail) ->
          Collections.nCopies(documents.size(), new Outcome.Retriable(reason, detail, false));
      case Reply.Answered(int status, byte[] answer) when status == 200 ->
          BulkAnswer.read(answer, documents);
      case Reply.Answered(int status, byte[] answer) ->
          orHalves(
              documents,
              OutcomeClassifier.request(status, new String(answer, StandardCharsets.UTF_8)));
    };
  }

  /** A rejection of many is the fault of one: it is sought among ever fewer. */
  private List<Outcome> orHalves(List<Document> documents, Outcome verdict)
      throws InterruptedException {
    int size = documents.size();
    if (size == 1 || !(verdict instanceof Outcome.Rejected)) {
      return Collections.nCopies(size, verdict);
    }
    List<Outcome> outcomes = new ArrayList<>(size);
    outcomes.addAll(send(documents.subList(0, size / 2)));
    outcomes.addAll(send(documents.subList(size / 2, size)));
    return outcomes;
  }
}
