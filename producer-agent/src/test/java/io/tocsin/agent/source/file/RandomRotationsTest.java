package io.tocsin.agent.source.file;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.agent.KafkaBox;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A log that is rotated at any moment while its reader is killed, starts again and finds a broker
 * or none: no line lost, none under two ids.
 */
class RandomRotationsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path brokerDir;
  private static KafkaBox kafka;

  @TempDir Path dir;
  private final List<String> lines = new ArrayList<>();
  private int rotations;

  @BeforeAll
  static void startBroker() {
    kafka = new KafkaBox(brokerDir);
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  static IntStream seeds() {
    return IntStream.range(1, Integer.getInteger("tocsin.seeds", 2) + 1);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aLogThatIsCopiedAndCut(int seed) throws Exception {
    play(new Random(seed), this::copyAndCut);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aLogThatIsRenamed(int seed) throws Exception {
    play(new Random(seed), this::rename);
  }

  private void play(Random random, Rotation rotation) throws Exception {
    FileBox box = new FileBox(kafka, dir, "api.log", "");
    box.start();
    write(random);
    await().atMost(PATIENCE).until(() -> box.saved("api.log") >= 0);
    for (int step = 0; step < 40; step++) {
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> write(random);
        case 4, 5, 6 -> {
          rotation.rotate();
          write(random);
        }
        case 7, 8 -> Thread.sleep(random.nextInt(60));
        default -> {
          box.kill();
          box.start(random.nextInt(3) == 0 ? kafka.settings() : nobody());
        }
      }
    }
    box.kill();
    box.start();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(missing(box)).isEmpty());
    box.stop();
    assertThat(box.messages()).hasSameSizeAs(lines);
  }

  /** In which file how many lines are that did not come. */
  private Map<String, Integer> missing(FileBox box) throws IOException {
    Set<String> missing = new HashSet<>(lines);
    missing.removeAll(box.messages());
    Map<String, Integer> byFile = new TreeMap<>();
    try (Stream<Path> files = Files.list(dir)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Set<String> in = new HashSet<>(Files.readAllLines(file));
        in.retainAll(missing);
        if (!in.isEmpty()) {
          byFile.put(file.getFileName().toString(), in.size());
        }
      }
    }
    return byFile;
  }

  @FunctionalInterface
  private interface Rotation {
    void rotate() throws IOException;
  }

  private void copyAndCut() throws IOException {
    Files.copy(dir.resolve("api.log"), dir.resolve("api.log." + ++rotations));
    try (FileChannel channel = FileChannel.open(dir.resolve("api.log"), StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
  }

  private void rename() throws IOException {
    Files.move(dir.resolve("api.log"), dir.resolve("api.log." + ++rotations), ATOMIC_MOVE);
  }

  private void write(Random random) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(random.nextInt(5) == 0 ? 4_000 : 20); i > 0; i--) {
      String line = lines.size() + " of many lines that are" + " long".repeat(40);
      lines.add(line);
      text.append(line).append('\n');
    }
    Files.writeString(
        dir.resolve("api.log"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Where no broker is. */
  private static KafkaSettings nobody() {
    return KafkaSettings.of("127.0.0.1:1");
  }
}
