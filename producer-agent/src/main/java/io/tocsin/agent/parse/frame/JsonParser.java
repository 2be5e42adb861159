package io.tocsin.agent.parse.frame;

import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;

/** A frame that is one JSON object. */
record JsonParser(FieldsMeaning meaning) implements FrameParser {

  @Override
  public ParsedFrame parse(byte[] frame) {
    try {
      return meaning.of(EventCodec.decodeObject(frame));
    } catch (MalformedEventException e) {
      return new ParsedFrame.Unreadable(Rejection.UNPARSED);
    }
  }
}
