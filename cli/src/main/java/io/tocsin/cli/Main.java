package io.tocsin.cli;

/** The process's entry: the only place that exits. */
public final class Main {

  private Main() {}

  /** Runs one command and exits with its status: 0 well, 1 failed, 2 called wrongly. */
  public static void main(String[] arguments) {
    int status = TocsinCommand.execute(arguments);
    // Returning would wait for the servers' last threads; the command has already stopped them.
    System.exit(status);
  }
}
