package io.tocsin.cli.up;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code tocsin up} was asked for.
 *
 * @param data where everything is kept between runs
 * @param agent the user's agent file; null for the simulation or none
 * @param demo whether the simulated station and services run
 * @param rules rule files; empty for those that fit the rest
 * @param notifier the notifier's file; null for its default
 * @param opensearch a cluster to use; null for the embedded node
 */
record UpOptions(
    Path data,
    @Nullable Path agent,
    boolean demo,
    List<Path> rules,
    @Nullable Path notifier,
    @Nullable URI opensearch,
    int httpPort,
    int kafkaPort,
    int opensearchPort) {}
