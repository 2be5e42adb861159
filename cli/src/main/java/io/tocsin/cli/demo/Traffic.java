package io.tocsin.cli.demo;

import java.time.Duration;

/** What a simulated service does, one line at a time. */
interface Traffic {

  /** Writes what is due now; gives the pause until the next time. */
  Duration speak();
}
