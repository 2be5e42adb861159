package io.tocsin.faults.serial;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.LogEvent;
import io.tocsin.event.MalformedEventException;
import io.tocsin.faults.stage.Campaign;
import io.tocsin.faults.stage.FreePort;
import io.tocsin.faults.stage.PlatformProcess;
import io.tocsin.faults.stage.ServerProcess;
import io.tocsin.topics.TopicAdmin;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin faults serial}. */
@Command(
    name = "serial",
    description = {
      "Pulls the plug of a serial device and puts it back, at random moments and often in the middle"
          + " of a frame; half of the times it comes back as another device.",
      "Every frame that the agent had read whole must be on the topic once, no other may be, and the"
          + " port must be read again within two seconds of its return. In the beginning and in the"
          + " end a second agent opens the port, which must be reported."
    },
    mixinStandardHelpOptions = true)
public final class SerialCampaign extends Campaign {

  private static final int TOLD_EVERY = 20;
  private static final Clock CLOCK = Clock.systemUTC();

  @Option(
      names = "--cycles",
      defaultValue = "200",
      description = "how often the plug is pulled (default: 200)")
  private int cycles;

  private final Account account = new Account();
  private int renamed;

  @Override
  protected boolean run(Path folder) throws Exception {
    Random random = new Random(seed());
    Path link = folder.resolve("ttyUSB0");
    tell("seed " + seed() + ", " + cycles + " cycles, in " + folder);
    try (ServerProcess broker = ServerProcess.kafka(folder.resolve("kafka"), Map.of())) {
      TopicAdmin.applyDefaults(KafkaSettings.of(broker.address()));
      int ops = FreePort.find();
      Path config = config(folder, "charger-01", link, broker);
      try (PlatformProcess ignored = agent(config, ops);
          Feed feed = new Feed(broker.address(), account);
          Cable cable = new Cable(link, URI.create("http://127.0.0.1:" + ops), account, random)) {
        for (int cycle = 1; cycle <= cycles; cycle++) {
          Path last = cable.device();
          Instant returned = CLOCK.instant();
          cable.plugIn(cycle % 2 == 0);
          renamed += cycle == 1 || cable.device().equals(last) ? 0 : 1;
          if (!feed.await("serial_connected", cycle)) {
            tell("the port was not read again in cycle " + cycle);
            return false;
          }
          account.recovered(lasted(returned, feed.of("serial_connected").get(cycle - 1)));
          if (cycle == 1 || cycle == cycles) {
            account.opened(isReported(folder, link, broker, feed));
          }
          cable.talkAndPull();
          Thread.sleep(random.nextLong(1_500));
          if (cycle % TOLD_EVERY == 0) {
            tell("cycle " + cycle);
          }
        }
        var _ = feed.awaitFrames();
      }
    }
    account.lines().forEach(this::tell);
    tell("the device came back under another name " + renamed + " times");
    return account.isGood() && renamed >= cycles / 2;
  }

  /** Whether a second agent on the same port says that it is busy. */
  private static boolean isReported(Path folder, Path link, ServerProcess broker, Feed feed)
      throws IOException, InterruptedException, MalformedEventException {
    int before = feed.of("serial_busy").size();
    Path config = config(folder, "charger-02", link, broker);
    try (PlatformProcess ignored = agent(config, 0)) {
      return feed.await("serial_busy", before + 1)
          && "charger-02".equals(feed.of("serial_busy").getLast().source());
    }
  }

  private static Duration lasted(Instant returned, LogEvent connected) {
    return Duration.between(returned, connected.ts());
  }

  private static PlatformProcess agent(Path config, int ops)
      throws IOException, InterruptedException {
    return PlatformProcess.run(
            "agent", "run", "--config", config.toString(), "--ops-port", Integer.toString(ops))
        .awaitPrinted("running");
  }

  private static Path config(Path folder, String device, Path link, ServerProcess broker)
      throws IOException {
    return Files.writeString(
        folder.resolve(device + ".yaml"),
        """
        agent: { name: %2$s, data: %1$s/%2$s }
        sources:
          - serial:
              device: %2$s
              service: charger
              port: %3$s
              framing: { start: "<", end: ">" }
              parse: tagged-pairs
        kafka: { bootstrap-servers: "%4$s" }
        """
            .formatted(folder, device, link, broker.address()),
        StandardCharsets.UTF_8);
  }
}
