package io.tocsin.agent.transform;

import java.util.List;

/**
 * Finds what must not be read, in a time that grows with the text alone, whatever stands in it.
 * Thread-safe.
 */
interface Finder {

  /** The places, in order, none within another. */
  List<Span> in(String text);
}
