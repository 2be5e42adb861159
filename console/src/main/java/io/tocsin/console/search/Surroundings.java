package io.tocsin.console.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A line and what stands around it.
 *
 * @param before oldest first
 * @param event the line itself
 * @param after oldest first
 * @param bySource whether they are lines of the same source, by their place in it; else they are
 *     events of the same service, host and source by time, as the line says not where it was read
 */
public record Surroundings(
    List<ObjectNode> before, ObjectNode event, List<ObjectNode> after, boolean bySource) {}
