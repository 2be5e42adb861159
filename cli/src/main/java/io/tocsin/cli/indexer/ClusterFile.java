package io.tocsin.cli.indexer;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import io.tocsin.bootstrap.config.Problem;
import io.tocsin.indexer.IndexerConfig;
import io.tocsin.indexer.cluster.Cluster;
import io.tocsin.indexer.lifecycle.SetupFailedException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which OpenSearch cluster, and how its indices are to be. */
final class ClusterFile {

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private Where where = new Where();

  static final class Where {
    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "the services' YAML file; its opensearch and indexer sections are used")
    private @Nullable Path config;

    @Option(
        names = "--opensearch",
        paramLabel = "URL",
        description = "a cluster that asks for no credentials (default: that of tocsin up)")
    private @Nullable URI url;
  }

  private record Sections(OpenSearchSettings opensearch, IndexerConfig indexer) {}

  /** Some work with a cluster. */
  @FunctionalInterface
  interface Work {
    /** Does it; the exit status. */
    int with(Cluster cluster, IndexerConfig config)
        throws SetupFailedException, InterruptedException;
  }

  /**
   * Connects, works and disconnects.
   *
   * @throws ConfigException with every problem in the two sections of the file
   * @throws UserError when the cluster refuses or is away
   */
  int run(Work work) throws InterruptedException {
    Sections sections = sections();
    try (Cluster cluster =
        new Cluster(sections.opensearch(), sections.indexer().requestTimeout())) {
      return work.with(cluster, sections.indexer());
    } catch (SetupFailedException e) {
      throw new UserError(
          "OpenSearch did not do it: " + e.getMessage(),
          "see to the cluster and run this again; what was done stays done");
    }
  }

  private Sections sections() {
    Path file = where.config;
    URI url = where.url;
    if (file != null) {
      return read(ConfigReader.read(file, ConfigNode.class));
    }
    return new Sections(
        url == null
            ? ConfigReader.read("defaults", "{}", OpenSearchSettings.class)
            : OpenSearchSettings.of(url),
        IndexerConfig.defaults());
  }

  /** Of the services' file only two sections, so no other service's secrets have to be there. */
  private static Sections read(ConfigNode root) {
    List<OpenSearchSettings> opensearch = new ArrayList<>();
    List<IndexerConfig> indexer = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    problems.addAll(
        ConfigReader.problemsOf(
            () ->
                opensearch.add(
                    root.get("opensearch")
                        .map(node -> node.as(OpenSearchSettings.class))
                        .orElseGet(
                            () -> ConfigReader.read("defaults", "{}", OpenSearchSettings.class)))));
    problems.addAll(
        ConfigReader.problemsOf(
            () ->
                indexer.add(
                    root.get("indexer")
                        .map(node -> node.as(IndexerConfig.class))
                        .orElseGet(IndexerConfig::defaults))));
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new Sections(opensearch.getFirst(), indexer.getFirst());
  }
}
