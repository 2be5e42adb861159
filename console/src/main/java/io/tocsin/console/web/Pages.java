package io.tocsin.console.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.bootstrap.http.HttpProblem;
import io.tocsin.bootstrap.http.Response;
import io.tocsin.console.search.Cursor;
import io.tocsin.console.search.Search;
import io.tocsin.console.search.SearchPage;
import io.tocsin.console.search.SearchRequest;
import io.tocsin.console.search.SearchUnavailableException;
import java.util.Optional;

/** What answers from OpenSearch have in common. */
final class Pages {

  private Pages() {}

  static Optional<Cursor> cursor(Parameters parameters) {
    return parameters
        .text("after")
        .map(
            text ->
                Cursor.parse(text)
                    .orElseThrow(
                        () ->
                            Parameters.refusal(
                                "after", text, "must be the 'next' of the page before")));
  }

  static Response answer(String name, Search search, SearchRequest request)
      throws InterruptedException {
    try {
      SearchPage page = search.find(request);
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      ArrayNode documents = body.putArray(name);
      page.documents().forEach(documents::add);
      body.put("next", page.next().map(Cursor::text).orElse(null));
      return json(body, page.partial());
    } catch (SearchUnavailableException e) {
      throw unavailable(e);
    }
  }

  /** Whoever reads half an answer is told so. */
  static Response json(ObjectNode body, boolean partial) {
    if (partial) {
      body.put("partial", true);
    }
    return Answers.json(body);
  }

  static HttpProblem unavailable(SearchUnavailableException e) {
    return new HttpProblem(503, String.valueOf(e.getMessage()));
  }
}
