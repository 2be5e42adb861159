package io.tocsin.agent.source.http.otlp;

import io.tocsin.event.LogEvent;
import java.util.List;

/**
 * What stood in a request.
 *
 * @param events without host, source and id
 * @param rejected how many records cannot be taken
 * @param problem what is wrong with the first of those, for who sent them; empty when there is none
 */
public record OtlpBatch(List<LogEvent> events, int rejected, String problem) {}
