package io.tocsin.benchmarks.alerting;

import io.tocsin.alerting.rule.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rule files of a benchmark. */
final class Rules {

  /** The rule that the latency is measured with. */
  static final String TIP = "tip";

  /** How many rules share many groups. */
  static final int GROUPING = 20;

  private static final String TIPPING =
      """

        - name: tip
          match: { event: tip }
          group-by: [service]
          count: 5
          within: 10m
      """;

  private static final String[] SERVICES = {"api", "worker", "ui", "charger", "gateway"};

  private Rules() {}

  static Path defaultPack(Path folder) throws IOException {
    return Files.writeString(folder.resolve("pack.yaml"), RuleSet.defaultPackText());
  }

  /** The default pack and a rule whose fifth record rings. */
  static Path defaultPackAndTip(Path folder) throws IOException {
    String text = RuleSet.defaultPackText() + TIPPING;
    return Files.writeString(folder.resolve("tip.yaml"), text);
  }

  /** Rules with groups of their own for each session, and the one that the latency wants. */
  static Path grouping(Path folder) throws IOException {
    String rules =
        IntStream.range(0, GROUPING)
            .mapToObj(
                i ->
                    """
                      - name: sessions-%d
                        match: { event: session-%d }
                        group-by: [service, meta.session]
                        count: 5
                        within: 1d
                    """
                        .formatted(i, i))
            .collect(Collectors.joining());
    return Files.writeString(folder.resolve("grouping.yaml"), "rules:\n" + rules + TIPPING);
  }

  /** So many rules that each want the errors of one event of one service. */
  static Path many(Path folder, int count) throws IOException {
    String rules =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    """
                      - name: rule-%d
                        match: { service: %s, level: { gte: ERROR }, meta.path: "/api/v1/sessions/%d" }
                        group-by: [service]
                        count: 5
                        within: 1m
                    """
                        .formatted(i, SERVICES[i % SERVICES.length], i % 50))
            .collect(Collectors.joining());
    return Files.writeString(folder.resolve("rules-" + count + ".yaml"), "rules:\n" + rules);
  }
}
