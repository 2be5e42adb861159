package io.tocsin.agent.spool;

/**
 * A record of the spool.
 *
 * @param sequence its number, growing over the spool's whole life
 * @param payload what was appended
 */
@SuppressWarnings("ArrayRecordComponent") // read once and handed on, never compared
public record SpoolEntry(long sequence, byte[] payload) {}
