package io.tocsin.agent.transform;

/**
 * A place in a text.
 *
 * @param from its first character
 * @param to behind its last one; greater than {@code from}
 */
record Span(int from, int to) {}
