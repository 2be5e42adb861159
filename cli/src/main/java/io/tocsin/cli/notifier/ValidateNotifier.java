package io.tocsin.cli.notifier;

import io.tocsin.notifier.NotifierConfig;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tocsin notifier validate}. */
@Command(
    name = "validate",
    description = {
      "Checks receivers and routes; every problem with its line. Exit status 0 or 2.",
      "Secrets are read, so they must be where the file says."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  tocsin notifier validate --config /etc/tocsin/tocsin.yaml")
public final class ValidateNotifier implements Callable<Integer> {

  @Mixin private NotifierOption option = new NotifierOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    NotifierFile file = option.read();
    NotifierConfig config = file.config();
    PrintWriter out = spec.commandLine().getOut();
    int count = config.receivers().size();
    out.println(file.name() + ": good, " + count + (count == 1 ? " receiver" : " receivers"));
    config
        .leftOut()
        .forEach(
            (name, unset) ->
                out.println(
                    "note: "
                        + name
                        + " is left out here, without "
                        + String.join(", ", unset)
                        + " in the environment"));
    for (String untold : untold(config)) {
      out.println("note: no route leads to " + untold);
    }
    return 0;
  }

  private static List<String> untold(NotifierConfig config) {
    Set<String> told = config.routeOrAll().named().collect(Collectors.toSet());
    return config.receivers().keySet().stream()
        .filter(name -> !told.contains(name))
        .sorted()
        .toList();
  }
}
