package io.tocsin.cli.up;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * What a person sees: lines that stay, and one status line below them that is drawn over. Without a
 * terminal to draw on, the status becomes a line now and then. Thread-safe.
 */
final class Terminal {

  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean live;
  private String status = "";

  Terminal(PrintWriter out, boolean live) {
    this.out = out;
    this.live = live;
  }

  /** Writes to standard output, drawing over the status where that is a terminal. */
  static Terminal ofProcess(PrintWriter out) {
    return new Terminal(
        out, Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent());
  }

  boolean isLive() {
    return live;
  }

  /** A line that stays. */
  synchronized void line(String text) {
    if (live && !status.isEmpty()) {
      out.print(CLEAR_LINE);
    }
    out.println(text);
    if (live) {
      out.print(status);
    }
    out.flush();
  }

  /** The newest status. */
  synchronized void status(String text) {
    if (live) {
      out.print(CLEAR_LINE + text);
      status = text;
    } else {
      out.println(text);
    }
    out.flush();
  }

  /** Ends the live line, so that what follows begins on its own. */
  synchronized void endStatus() {
    if (live && !status.isEmpty()) {
      out.println();
      status = "";
      out.flush();
    }
  }
}
