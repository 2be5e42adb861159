package io.tocsin.cli;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.ConfigException;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** What a user sees when a command cannot do its work. */
final class Failure {

  private Failure() {}

  /** Says it, and gives the exit status. */
  static int explain(Exception failure, PrintWriter err) {
    return switch (failure) {
      case ConfigException config -> {
        config.problems().forEach(err::println);
        int count = config.problems().size();
        err.println("tocsin: " + count + (count == 1 ? " problem" : " problems"));
        yield CommandLine.ExitCode.USAGE;
      }
      case UserError user -> {
        err.println("tocsin: " + user.getMessage());
        err.println("        " + user.remedy());
        yield CommandLine.ExitCode.USAGE;
      }
      default -> {
        LoggerFactory.getLogger(Failure.class).error("command failed", failure);
        err.println("tocsin: something went wrong that should not: " + failure);
        err.println("        the log has the whole story; please report it");
        yield CommandLine.ExitCode.SOFTWARE;
      }
    };
  }
}
