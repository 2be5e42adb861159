package io.tocsin.indexer.bulk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tocsin.indexer.document.Prepared.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads what OpenSearch says about each document of a bulk request, in the request's order. */
final class BulkAnswer {

  /** All that is read of the answer; the rest of it is not even sent. */
  static final String FILTER =
      "items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by.reason";

  private static final JsonFactory JSON = new JsonFactory();

  private final List<Document> documents;
  private final List<Outcome> outcomes;

  private BulkAnswer(List<Document> documents) {
    this.documents = documents;
    this.outcomes = new ArrayList<>(documents.size());
  }

  static List<Outcome> read(byte[] json, List<Document> documents) {
    return PlainAnswer.is(json, documents.size())
        ? PlainAnswer.read(json, documents)
        : parsed(json, documents);
  }

  private static List<Outcome> parsed(byte[] json, List<Document> documents) {
    BulkAnswer answer = new BulkAnswer(documents);
    try (JsonParser in = JSON.createParser(json)) {
      answer.items(in);
    } catch (IOException e) {
      return unreadable(documents, e.toString());
    }
    return answer.outcomes.size() == documents.size()
        ? answer.outcomes
        : unreadable(documents, answer.outcomes.size() + " outcomes for " + documents.size());
  }

  /** An answer that is none: whether the documents are in the index is unknown, so try again. */
  private static List<Outcome> unreadable(List<Document> documents, String detail) {
    return Collections.nCopies(
        documents.size(), new Outcome.Retriable("not_opensearch", detail, false));
  }

  private void items(JsonParser in) throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT
        || !"items".equals(in.nextFieldName())
        || in.nextToken() != JsonToken.START_ARRAY) {
      return;
    }
    while (in.nextToken() == JsonToken.START_OBJECT) {
      if (outcomes.size() == documents.size()) {
        throw new IOException("more outcomes than documents");
      }
      in.nextFieldName(); // the operation
      in.nextToken();
      item(in);
      in.nextToken(); // the end of the item
    }
  }

  private void item(JsonParser in) throws IOException {
    int status = 0;
    String type = "";
    String reason = "";
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      in.nextToken();
      if (name.equals("status")) {
        status = in.getIntValue();
      } else if (name.equals("error") && in.currentToken() == JsonToken.START_OBJECT) {
        ItemError error = ItemError.read(in);
        type = error.type();
        reason = error.reason();
      } else {
        in.skipChildren();
      }
    }
    Document document = documents.get(outcomes.size());
    outcomes.add(OutcomeClassifier.item(document.write(), status, type, reason));
  }

  /** An error's type, and its reason with that of its cause. */
  private record ItemError(String type, String reason) {

    static ItemError read(JsonParser in) throws IOException {
      String type = "";
      StringBuilder reason = new StringBuilder();
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        in.nextToken();
        switch (name) {
          case "type" -> type = in.getText();
          case "reason" -> reason.insert(0, in.getText());
          case "caused_by" -> reason.append("; ").append(read(in).reason());
          default -> in.skipChildren();
        }
      }
      return new ItemError(type, reason.toString());
    }
  }
}
