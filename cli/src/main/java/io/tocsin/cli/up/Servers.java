package io.tocsin.cli.up;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import io.tocsin.embedded.EmbeddedException;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.EmbeddedOpenSearch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The broker and the search node: embedded ones, or the user's own. */
final class Servers implements AutoCloseable {

  private final KafkaSettings kafka;
  private final OpenSearchSettings openSearch;
  private final @Nullable EmbeddedKafka ownKafka;
  private final @Nullable EmbeddedOpenSearch ownOpenSearch;

  private Servers(
      KafkaSettings kafka,
      OpenSearchSettings openSearch,
      @Nullable EmbeddedKafka ownKafka,
      @Nullable EmbeddedOpenSearch ownOpenSearch) {
    this.kafka = kafka;
    this.openSearch = openSearch;
    this.ownKafka = ownKafka;
    this.ownOpenSearch = ownOpenSearch;
  }

  /**
   * Starts what is to be embedded, both at once, and returns when they answer.
   *
   * @param given the user's Kafka; null for the embedded broker
   * @throws UserError when one of them cannot start; nothing is left running
   */
  static Servers start(DataFolder data, UpOptions options, @Nullable KafkaSettings given) {
    if (given == null) {
      requireFree("Kafka", options.kafkaPort());
    }
    if (options.opensearch() == null) {
      requireFree("OpenSearch", options.opensearchPort());
    }
    CompletableFuture<@Nullable EmbeddedKafka> kafka =
        CompletableFuture.supplyAsync(
            () -> given == null ? startKafka(data, options) : null, Servers::ownThread);
    CompletableFuture<@Nullable EmbeddedOpenSearch> search =
        CompletableFuture.supplyAsync(
            () -> options.opensearch() == null ? startOpenSearch(data, options) : null,
            Servers::ownThread);
    try {
      EmbeddedKafka broker = kafka.join();
      EmbeddedOpenSearch node = search.join();
      return new Servers(
          broker == null ? given(given) : KafkaSettings.of(broker.bootstrapServers()),
          node == null ? external(options) : OpenSearchSettings.of(node.uri()),
          broker,
          node);
    } catch (CompletionException e) {
      kafka.handle((broker, failed) -> close(broker)).join();
      search.handle((node, failed) -> close(node)).join();
      if (e.getCause() instanceof EmbeddedException reason) {
        throw new UserError(
            String.valueOf(reason.getMessage()),
            "see tocsin up --help for other ports, folders and clusters");
      }
      throw e;
    }
  }

  KafkaSettings kafka() {
    return kafka;
  }

  OpenSearchSettings openSearch() {
    return openSearch;
  }

  @Override
  public void close() {
    // Each takes a second or two to leave its data whole: together, not one after the other.
    CompletableFuture<Void> search =
        CompletableFuture.runAsync(() -> close(ownOpenSearch), Servers::ownThread);
    close(ownKafka);
    search.join();
  }

  /** Known at once: when one server finds it out, the other is half way up and must stop again. */
  private static void requireFree(String server, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UserError(
          server + ": port " + port + " of 127.0.0.1 is taken or not allowed",
          "stop what listens there, or choose another port: see tocsin up --help");
    }
  }

  private static EmbeddedKafka startKafka(DataFolder data, UpOptions options) {
    return EmbeddedKafka.start(
        new EmbeddedKafka.Options(data.path("kafka"), options.kafkaPort(), Map.of()));
  }

  private static EmbeddedOpenSearch startOpenSearch(DataFolder data, UpOptions options) {
    return EmbeddedOpenSearch.start(
        new EmbeddedOpenSearch.Options(
            data.path("opensearch"), options.opensearchPort(), Map.of()));
  }

  private static KafkaSettings given(@Nullable KafkaSettings given) {
    if (given == null) {
      throw new IllegalStateException("neither an embedded broker nor another");
    }
    return given;
  }

  private static OpenSearchSettings external(UpOptions options) {
    if (options.opensearch() == null) {
      throw new IllegalStateException("neither an embedded node nor another");
    }
    return OpenSearchSettings.of(options.opensearch());
  }

  private static @Nullable Void close(@Nullable AutoCloseable server) {
    if (server != null) {
      try {
        server.close();
      } catch (Exception e) {
        throw new IllegalStateException("a server would not stop", e);
      }
    }
    return null;
  }

  /** Threads of their own: the servers block, and hand their thread's name to what they start. */
  private static void ownThread(Runnable work) {
    Thread.ofPlatform().name("server-start").start(work);
  }
}
