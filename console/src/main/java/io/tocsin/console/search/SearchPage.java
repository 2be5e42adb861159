package io.tocsin.console.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What was found.
 *
 * @param documents in the order asked for
 * @param next where to go on; empty when these were all
 * @param partial whether a part of the index did not answer, or not in time
 */
public record SearchPage(List<ObjectNode> documents, Optional<Cursor> next, boolean partial) {}
