package io.tocsin.indexer;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.DataSize;
import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import io.tocsin.indexer.lifecycle.LifecycleConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the indexer works. What it may hold in memory is about {@code bulks-in-flight + 2} times
 * {@code bulk-size}, and one record of {@code max-record} more for each when records are that big.
 *
 * @param group the consumer group; instances of the same group share the partitions
 * @param instance this instance's name in the group, when it has one of its own: after a crash it
 *     then gets its partitions back at once
 * @param bulkSize how large a bulk request grows before it is sent
 * @param bulksInFlight how many are under way at a time, 1 to 16
 * @param linger how long a record waits for company, 0 to 10 s
 * @param maxRecord larger ones become dead letters, at most 64 MiB
 * @param earliestYear event times before it are not believed, 1971 to 2100
 * @param latestAhead event times further in the future are not believed
 * @param requestTimeout how long OpenSearch may take to answer
 * @param patience how long one document may be refused by a cluster that answers, before it becomes
 *     a dead letter
 * @param shards of each new index at least, 1 to 64
 * @param replicas of each new index; null for one where there is a second node to hold it
 * @param lifecycle what becomes of indices that rest
 */
public record IndexerConfig(
    @Default("tocsin-indexer") @Doc("consumer group; instances of a group share the work")
        String group,
    @Doc("this instance's name within the group; with it, a restart resumes at once")
        @Nullable String instance,
    @Default("1MB") @Doc("how large a bulk request grows before it is sent") DataSize bulkSize,
    @Default("2") @Doc("bulk requests under way at a time") int bulksInFlight,
    @Default("100ms") @Doc("how long a record waits for company") Duration linger,
    @Default("10MiB") @Doc("larger records become dead letters") DataSize maxRecord,
    @Default("2000") @Doc("event times before this year become dead letters") int earliestYear,
    @Default("48h") @Doc("event times further ahead become dead letters") Duration latestAhead,
    @Default("60s") @Doc("how long OpenSearch may take to answer") Duration requestTimeout,
    @Default("15m") @Doc("how long a cluster that answers may refuse one document")
        Duration patience,
    @Default("1") @Doc("shards of each new index at least; the lifecycle adds what is needed")
        int shards,
    @Doc("replicas of each new index; left out: one where a second node can hold it")
        @Nullable Integer replicas,
    @Default("{}") @Doc("what becomes of indices that rest") LifecycleConfig lifecycle) {

  private static final long MIB = 1L << 20;

  public IndexerConfig {
    require(!group.isBlank(), "group", group, "must not be empty");
    require(instance == null || !instance.isBlank(), "instance", instance, "must not be empty");
    require(
        bulkSize.bytes() >= 1024 && bulkSize.bytes() <= 64 * MIB,
        "bulk-size",
        bulkSize.bytes(),
        "must be between 1KiB and 64MiB");
    require(
        bulksInFlight >= 1 && bulksInFlight <= 16,
        "bulks-in-flight",
        bulksInFlight,
        "must be between 1 and 16");
    require(
        !linger.isNegative() && linger.compareTo(Duration.ofSeconds(10)) <= 0,
        "linger",
        linger,
        "must be at most 10s");
    require(
        maxRecord.bytes() >= 1024 && maxRecord.bytes() <= 64 * MIB,
        "max-record",
        maxRecord.bytes(),
        "must be between 1KiB and 64MiB");
    require(
        earliestYear >= 1971 && earliestYear <= 2100,
        "earliest-year",
        earliestYear,
        "must be between 1971 and 2100");
    require(!latestAhead.isNegative(), "latest-ahead", latestAhead, "must not be negative");
    require(
        requestTimeout.toMillis() >= 1000,
        "request-timeout",
        requestTimeout,
        "must be at least 1s");
    require(!patience.isNegative(), "patience", patience, "must not be negative");
    require(shards >= 1 && shards <= 64, "shards", shards, "must be between 1 and 64");
    require(
        replicas == null || (replicas >= 0 && replicas <= 8),
        "replicas",
        replicas,
        "must be between 0 and 8");
  }

  /** All defaults, as a file without an indexer section has them. */
  public static IndexerConfig defaults() {
    return ConfigReader.read("defaults", "{}", IndexerConfig.class);
  }
}
