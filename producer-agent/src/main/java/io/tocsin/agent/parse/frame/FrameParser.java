package io.tocsin.agent.parse.frame;

/** Reads frames of one format. Thread-safe; never throws for what a frame holds. */
public interface FrameParser {

  ParsedFrame parse(byte[] frame);
}
