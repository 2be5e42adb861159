package io.tocsin.agent;

import io.tocsin.agent.source.SourceStatus;
import java.util.Map;

/**
 * How the agent fares.
 *
 * @param recordsRead by all sources since the start
 * @param recordsPublished acknowledged by the broker since the start, those of earlier runs that
 *     were still in the spool included
 * @param spoolRecords in the spool, not yet acknowledged
 * @param spoolBytes on the disk
 * @param connected whether records reach the broker
 * @param broker for people: where it is, or what is waited for
 * @param sources by name
 */
public record AgentStatus(
    long recordsRead,
    long recordsPublished,
    long spoolRecords,
    long spoolBytes,
    boolean connected,
    String broker,
    Map<String, SourceStatus> sources) {}
