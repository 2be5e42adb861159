package io.tocsin.agent.source;

/**
 * Who reads.
 *
 * @param agent the agent's name, unique in the fleet; no slash
 * @param host the machine it runs on
 */
public record Origin(String agent, String host) {}
