package io.tocsin.indexer;

import io.tocsin.indexer.bulk.Backoff;
import io.tocsin.indexer.bulk.BulkSender;
import io.tocsin.indexer.bulk.Outcome;
import io.tocsin.indexer.document.Prepared;
import io.tocsin.indexer.document.Prepared.Document;
import io.tocsin.indexer.lifecycle.IndexSetup;
import io.tocsin.indexer.lifecycle.SetupFailedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One batch on its way to OpenSearch: sent, and what was not settled sent again, until nothing is
 * left. A record is settled when its document is in the index or its dead letter is acknowledged.
 * Runs once, on a thread of its own.
 */
final class Flight {

  /** What flights share. */
  record Crew(
      BulkSender sender,
      DeadLetters deadLetters,
      IndexerMetrics metrics,
      Weather weather,
      Supplier<Patience> patience,
      IndexSetup setup,
      InstantSource clock) {}

  private final Crew crew;
  private final Backoff backoff;
  private final Patience patience;
  private final GivenUp givenUp;
  private List<Entry> open;

  Flight(Crew crew, Backoff backoff, List<Entry> entries) {
    this.crew = crew;
    this.backoff = backoff;
    this.patience = crew.patience.get();
    this.givenUp = new GivenUp(crew.deadLetters, crew.metrics, crew.clock);
    this.open = entries;
  }

  /** Returns when every record is settled. */
  void run() throws InterruptedException {
    giveUpUnusable();
    while (!open.isEmpty()) {
      List<Document> documents = new ArrayList<>(open.size());
      open.forEach(entry -> documents.add((Document) entry.prepared()));
      long start = System.nanoTime();
      List<Outcome> outcomes = crew.sender.send(documents);
      crew.metrics.bulkTook(Duration.ofNanos(System.nanoTime() - start), bytes(documents));
      givenUp.await();
      Verdicts verdicts = judge(outcomes);
      open = verdicts.again();
      givenUp.add(verdicts.rejected());
      if (verdicts.mustWait()) {
        Thread.sleep(backoff.next());
      }
      if (verdicts.lostTouch()) {
        awaitTemplates();
      }
    }
    givenUp.await();
  }

  private static long bytes(List<Document> documents) {
    long bytes = 0;
    for (Document document : documents) {
      bytes += document.to() - document.from();
    }
    return bytes;
  }

  /**
   * A cluster that was away may come back empty. The first document would then make an index
   * without a template, and its guessed mapping would stay.
   */
  private void awaitTemplates() throws InterruptedException {
    while (true) {
      try {
        crew.setup.apply();
        return;
      } catch (SetupFailedException e) {
        Thread.sleep(backoff.next());
      }
    }
  }

  private void giveUpUnusable() throws InterruptedException {
    List<Entry> usable = new ArrayList<>(open.size());
    Map<Entry, Outcome.Rejected> unusable = new LinkedHashMap<>();
    for (Entry entry : open) {
      switch (entry.prepared()) {
        case Document document -> usable.add(entry);
        case Prepared.Unusable bad ->
            unusable.put(entry, new Outcome.Rejected(bad.flaw().label(), bad.detail()));
      }
    }
    open = usable;
    givenUp.add(unusable);
  }

  /** Settles what is indexed and sorts the rest. */
  private Verdicts judge(List<Outcome> outcomes) {
    Verdicts verdicts = new Verdicts();
    Tally tally = new Tally();
    for (int i = 0; i < outcomes.size(); i++) {
      Entry entry = open.get(i);
      switch (outcomes.get(i)) {
        case Outcome.Indexed indexed -> {
          tally.indexed(entry);
          patience.accepted((Document) entry.prepared());
          entry.ticket().settle();
        }
        case Outcome.Duplicate duplicate -> {
          tally.duplicate(entry);
          entry.ticket().settle();
        }
        case Outcome.Rejected outcome -> verdicts.reject(entry, outcome);
        case Outcome.Retriable outcome when patience.isOver(entry, outcome) ->
            verdicts.reject(entry, new Outcome.Rejected(outcome.reason(), outcome.detail()));
        case Outcome.Retriable outcome -> {
          tally.retried(outcome.reason());
          verdicts.retry(entry, outcome);
        }
      }
    }
    tally.report(crew.metrics);
    boolean progress = verdicts.trouble() == null || verdicts.again().size() < open.size();
    crew.weather.report(verdicts.trouble(), progress);
    if (progress) {
      backoff.reset();
    }
    return verdicts;
  }
}
