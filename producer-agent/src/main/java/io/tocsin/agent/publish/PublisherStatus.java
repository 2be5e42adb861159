package io.tocsin.agent.publish;

/**
 * How the way to the broker is.
 *
 * @param connected whether records are acknowledged, or would be if there were any
 * @param detail for people
 */
public record PublisherStatus(boolean connected, String detail) {}
