package io.tocsin.agent.transform;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.bootstrap.config.Doc;

/** Above a rate only a share of the log events is kept; ERROR and CRITICAL always are. */
public record SampleSettings(
    @Doc("log events a minute that are all kept") int above,
    @Doc("of those above it, one in so many is kept; ERROR and CRITICAL all are") int keepOneIn) {

  public SampleSettings {
    require(above >= 0, "above", above, "must be 0 or more log events a minute");
    require(keepOneIn >= 2, "keep-one-in", keepOneIn, "must be 2 or more");
  }
}
