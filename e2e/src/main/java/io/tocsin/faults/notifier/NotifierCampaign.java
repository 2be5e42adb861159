package io.tocsin.faults.notifier;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.faults.notifier.SlackChannel.Account;
import io.tocsin.faults.stage.Campaign;
import io.tocsin.faults.stage.PlatformProcess;
import io.tocsin.faults.stage.TopicReader;
import io.tocsin.topics.TopicAdmin;
import io.tocsin.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin faults notifier}. */
@Command(
    name = "notifier",
    description = {
      "Kills the notifier while alerts fire and resolve and its receivers fail now and then.",
      "At the end every episode must be one incident at PagerDuty that was opened once and resolved"
          + " once; both Slack channels must say of every episode that it is over, with at most one"
          + " message too many for each kill; and nothing may have been given up."
    },
    mixinStandardHelpOptions = true)
public final class NotifierCampaign extends Campaign {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration START = Duration.ofMinutes(2);

  /** One kill in so many comes while it still starts. */
  private static final int EARLY = 6;

  @Option(names = "--rounds", defaultValue = "50", description = "how many kills (default: 50)")
  private int rounds;

  @Option(names = "--rate", defaultValue = "20", description = "episodes a second (default: 20)")
  private int rate;

  @Option(
      names = "--longest-life-ms",
      paramLabel = "MS",
      defaultValue = "4000",
      description =
          "a notifier is killed at the latest so long after its first call (default: 4000)")
  private int longestLife;

  private final Incidents pagerDuty = new Incidents();
  private final SlackChannel bot = new SlackChannel();
  private final SlackChannel webhook = new SlackChannel();

  @Override
  protected boolean run(Path folder) throws IOException, InterruptedException {
    tell("seed " + seed() + ", " + rounds + " kills, " + rate + " episodes a second");
    try (EmbeddedKafka kafka =
            EmbeddedKafka.start(EmbeddedKafka.Options.in(folder.resolve("kafka")));
        FickleServer services = new FickleServer(seed())) {
      TopicAdmin.applyDefaults(KafkaSettings.of(kafka.bootstrapServers()));
      Path file = config(folder, kafka.bootstrapServers(), services);
      int episodes = rounds(file, kafka.bootstrapServers(), services);
      boolean good = settle(file, kafka.bootstrapServers(), episodes);
      tell("calls: " + services.troubles());
      return good;
    }
  }

  /** Kills one notifier after the other; how many episodes there were meanwhile. */
  private int rounds(Path file, String kafka, FickleServer services)
      throws IOException, InterruptedException {
    Random random = new Random(seed());
    try (AlertStream alerts = new AlertStream(kafka, rate, seed(), Clock.systemUTC())) {
      alerts.start();
      for (int round = 1; round <= rounds; round++) {
        boolean early = random.nextInt(EARLY) == 0;
        long alive = random.nextLong(longestLife);
        int before = services.calls();
        try (PlatformProcess notifier = notifier(file)) {
          if (!early) {
            awaitCall(services, before);
          }
          Thread.sleep(alive);
          notifier.kill();
        }
        tell(
            "round %d: killed %d ms after its %s, having made %d calls; %d episodes so far"
                .formatted(
                    round,
                    alive,
                    early ? "start" : "first call",
                    services.calls() - before,
                    alerts.episodes()));
      }
      alerts.close();
      return alerts.episodes();
    }
  }

  private static void awaitCall(FickleServer services, int before) throws InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (services.calls() == before && System.nanoTime() < end) {
      Thread.sleep(5);
    }
  }

  /** Starts it once more and waits until all is told, or for as long as patience lasts. */
  private boolean settle(Path file, String kafka, int episodes)
      throws IOException, InterruptedException {
    try (PlatformProcess notifier = notifier(file)) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < end && !isAllTold(episodes)) {
        Thread.sleep(200);
      }
      // What came too often would come a little later.
      Thread.sleep(2_000);
      notifier.stop();
    }
    int resolved = pagerDuty.count("opened resolved");
    int[] givenUp = {0};
    TopicReader.read(KafkaSettings.of(kafka), Topics.DEAD_LETTERS, record -> givenUp[0]++);
    tell(
        "%d episodes became %d incidents, %d of them opened and resolved once; %d were given up"
            .formatted(episodes, pagerDuty.count(), resolved, givenUp[0]));
    if (resolved < pagerDuty.count()) {
      tell("such as " + pagerDuty.otherThan("opened resolved"));
    }
    boolean slack = isGood("Slack by bot", bot, true, episodes);
    slack &= isGood("Slack by webhook", webhook, false, episodes);
    return slack && givenUp[0] == 0 && resolved == episodes && pagerDuty.count() == episodes;
  }

  private boolean isAllTold(int episodes) {
    return pagerDuty.count("opened resolved") == episodes
        && bot.account(episodes, true).untold() == 0
        && webhook.account(episodes, false).untold() == 0;
  }

  private boolean isGood(String name, SlackChannel channel, boolean inPlace, int episodes) {
    Account account = channel.account(episodes, inPlace);
    tell(
        "%s: %d messages, %d episodes untold, %d messages doubled in %d kills, %d left as firing"
            .formatted(
                name,
                channel.size(),
                account.untold(),
                account.doubled(),
                rounds,
                account.stale()));
    return account.untold() == 0 && account.doubled() <= rounds;
  }

  private static PlatformProcess notifier(Path file) throws IOException {
    return PlatformProcess.run("notifier", "run", "--config", file.toString());
  }

  private Path config(Path folder, String kafka, FickleServer services) throws IOException {
    String events = services.add("/pagerduty", true, pagerDuty);
    String slackApi = services.add("/slack", false, bot);
    String slackHook = services.add("/webhook", false, webhook);
    return Files.writeString(
        folder.resolve("tocsin.yaml"),
        """
        kafka: { bootstrap-servers: "%s" }
        ops: { port: 0 }
        notifier:
          storm: { over: 10000, within: 1s }     # every episode is counted, so none is summed up
          receivers:
            on-call:
              pagerduty: { routing-key: { file: %s }, url: "%s", every: 0s }
            ops-slack:
              slack-bot: { token: { file: %s }, channel: "#ops", api: "%s", every: 0s }
            all-slack:
              slack: { webhook-url: { file: %s }, every: 0s }
        """
            .formatted(
                kafka,
                Files.writeString(folder.resolve("key"), "0123456789abcdef0123456789abcdef"),
                events,
                Files.writeString(folder.resolve("token"), "xoxb-campaign"),
                slackApi,
                Files.writeString(folder.resolve("hook"), slackHook)));
  }
}
