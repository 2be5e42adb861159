package io.tocsin.console.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.prometheus.metrics.core.metrics.Counter;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.http.HttpProblem;
import io.tocsin.bootstrap.http.Request;
import io.tocsin.bootstrap.http.Response;
import io.tocsin.console.search.Export;
import io.tocsin.console.search.Scope;
import io.tocsin.console.search.Search;
import io.tocsin.console.search.SearchUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log events as NDJSON, oldest first, as many as there are: a page is read, written to the client,
 * and forgotten. A header says beforehand how many lines will come, so that whoever reads can show
 * progress and knows a whole export from a broken one.
 */
final class ExportEndpoint {

  static final String TOTAL = "X-Tocsin-Total";

  private static final Logger LOG = LoggerFactory.getLogger(ExportEndpoint.class);
  private static final Duration TELL = Duration.ofSeconds(10);

  /** Each holds a moment of the index open, and a page in memory. */
  private static final int AT_ONCE = 4;

  private final Search search;
  private final Function<Request, Scope> scopes;
  private final InstantSource clock;
  private final Counter exported;
  private final AtomicInteger running = new AtomicInteger();

  ExportEndpoint(
      Search search, Function<Request, Scope> scopes, Metrics metrics, InstantSource clock) {
    this.search = search;
    this.scopes = scopes;
    this.clock = clock;
    this.exported =
        metrics.counter("tocsin_console_exported_documents", "Documents written to exports");
  }

  Response export(Request request) throws InterruptedException {
    Scope scope = scopes.apply(request);
    if (running.get() >= AT_ONCE) {
      throw new HttpProblem(503, "four exports run already; try again when one has ended");
    }
    try {
      Export export = search.export(scope);
      try {
        List<ObjectNode> first = export.next();
        if (request.method().equals("HEAD")) {
          export.close();
        }
        return Response.stream("application/x-ndjson", out -> write(export, first, out))
            .with(TOTAL, Long.toString(export.total()))
            .with("Content-Disposition", "attachment; filename=\"tocsin-logs.ndjson\"")
            .with("Cache-Control", "no-store");
      } catch (SearchUnavailableException | RuntimeException e) {
        export.close();
        throw e;
      }
    } catch (SearchUnavailableException e) {
      throw Pages.unavailable(e);
    }
  }

  private void write(Export export, List<ObjectNode> first, OutputStream out)
      throws IOException, InterruptedException {
    running.incrementAndGet();
    long written = 0;
    Instant told = clock.instant();
    try (export) {
      for (List<ObjectNode> page = first; !page.isEmpty(); page = export.next()) {
        for (ObjectNode document : page) {
          out.write(Answers.bytes(document));
          out.write('\n');
        }
        written += page.size();
        exported.inc(page.size());
        if (!clock.instant().isBefore(told.plus(TELL))) {
          told = clock.instant();
          tell(written, export.total(), "export goes on");
        }
      }
      tell(written, export.total(), "export done");
    } catch (SearchUnavailableException e) {
      // The status is long sent; a last line that is no event is what can still be said.
      out.write(Answers.bytes(broken(e)));
      out.write('\n');
      tell(written, export.total(), "export broken off");
    } finally {
      running.decrementAndGet();
    }
  }

  private static ObjectNode broken(SearchUnavailableException e) {
    return JsonNodeFactory.instance.objectNode().put("error", "broken off: " + e.getMessage());
  }

  private static void tell(long written, long total, String what) {
    LOG.atInfo().addKeyValue("written", written).addKeyValue("total", total).log(what);
  }
}
