package io.tocsin.cli.up;

import io.tocsin.agent.AgentService;
import io.tocsin.agent.AgentStatus;
import io.tocsin.alerting.AlertingService;
import io.tocsin.indexer.IndexerService;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the platform fares, in one line. */
final class StatusLine {

  private final @Nullable AgentService agent;
  private final IndexerService indexer;
  private final AlertingService alerting;

  StatusLine(@Nullable AgentService agent, IndexerService indexer, AlertingService alerting) {
    this.agent = agent;
    this.indexer = indexer;
    this.alerting = alerting;
  }

  String text() {
    String edge = "";
    if (agent != null) {
      AgentStatus now = agent.status();
      edge =
          String.format(
              Locale.ROOT,
              "read %,d · published %,d · spool %,d · ",
              now.recordsRead(),
              now.recordsPublished(),
              now.spoolRecords());
    }
    return edge
        + String.format(
            Locale.ROOT,
            "indexed %,d · alerts firing %d",
            indexer.status().indexed(),
            alerting.firing());
  }
}
