package io.tocsin.cli.rules;

import io.tocsin.bootstrap.UserError;
import io.tocsin.embedded.EmbeddedKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs {@code tocsin rules} against a broker and keeps what it says. */
final class CommandRun {

  private final List<String> where;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  CommandRun(EmbeddedKafka broker) {
    this.where = List.of("--bootstrap-servers", broker.bootstrapServers());
  }

  /** Commands that need no broker. */
  CommandRun() {
    this.where = List.of();
  }

  /** Words, and further arguments that may have blanks; its exit status. */
  int run(String words, String... more) {
    List<String> arguments = new ArrayList<>(List.of(words.split(" +")));
    arguments.addAll(List.of(more));
    arguments.addAll(where);
    return new CommandLine(new RulesCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (!(failure instanceof UserError user)) {
                throw failure;
              }
              command.getErr().println(user.getMessage() + "\n" + user.remedy());
              return 2;
            })
        .execute(arguments.toArray(String[]::new));
  }

  /** What it printed since the last call. */
  String out() {
    return taken(out);
  }

  /** What it complained of since the last call. */
  String err() {
    return taken(err);
  }

  private static String taken(StringWriter text) {
    String taken = text.toString();
    text.getBuffer().setLength(0);
    return taken;
  }
}
