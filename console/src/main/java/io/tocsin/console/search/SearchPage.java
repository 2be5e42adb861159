package io.tocsin.console.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What was found.
 *
 * @param documents newest first
 * @param next where to go on; empty when these were all
 */
public record SearchPage(List<ObjectNode> documents, Optional<Cursor> next) {}
