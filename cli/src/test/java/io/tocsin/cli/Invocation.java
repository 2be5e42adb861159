package io.tocsin.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A command line that was run.
 *
 * @param status its exit status
 * @param out what it printed
 * @param err what it complained
 */
record Invocation(int status, String out, String err) {

  static Invocation of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        TocsinCommand.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Invocation(status, out.toString(), err.toString());
  }
}
