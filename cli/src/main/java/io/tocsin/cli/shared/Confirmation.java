package io.tocsin.cli.shared;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** The question before a system is changed. */
public final class Confirmation {

  private Confirmation() {}

  /**
   * Asks on a terminal; without one, only {@code --yes} is agreement.
   *
   * @param verb what is about to be done, such as {@code purge}
   */
  public static boolean ask(String verb, PrintWriter err) {
    Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    if (terminal.isEmpty()) {
      err.println("no terminal to ask on; give --yes to " + verb);
      err.flush();
      return false;
    }
    String question = verb.substring(0, 1).toUpperCase(Locale.ROOT) + verb.substring(1);
    String answer = terminal.get().readLine("%s? [y/N] ", question);
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }
}
