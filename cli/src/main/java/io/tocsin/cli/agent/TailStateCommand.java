package io.tocsin.cli.agent;

import io.tocsin.agent.source.file.TailState;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin agent tail-state}. */
@Command(
    name = "tail-state",
    description = {
      "Shows how far each log file is with the broker, and what has become of it.",
      "Only reads, and may be asked while the agent runs: it is then about a second behind."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin agent tail-state --config /etc/tocsin/agent.yaml",
      "  tocsin agent tail-state --data /var/lib/tocsin --output json"
    })
public final class TailStateCommand implements Callable<Integer> {

  private static final String ROW = "%-12s  %-10s  %14s  %14s  %12s  %-24s  %s%n";

  @Mixin private DataOptions data = new DataOptions();

  @Option(names = "--output", defaultValue = "text", description = "text or json")
  private Output output = Output.TEXT;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<TailState> states = TailState.in(data.folder().resolve("checkpoints"));
    PrintWriter out = spec.commandLine().getOut();
    if (output == Output.JSON) {
      states.forEach(state -> Output.line(out, json(state)));
    } else if (states.isEmpty()) {
      out.println("no file was read yet");
    } else {
      out.printf(ROW, "SOURCE", "STATE", "OFFSET", "SIZE", "LAG", "SEEN", "FILE");
      states.forEach(state -> print(out, state));
    }
    out.flush();
    return 0;
  }

  private static void print(PrintWriter out, TailState state) {
    out.printf(
        ROW,
        state.source(),
        name(state),
        state.offset(),
        state.size() < 0 ? "-" : Long.toString(state.size()),
        state.lag(),
        state.seen(),
        state.path());
  }

  private static Map<String, Object> json(TailState state) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("source", state.source());
    json.put("file", state.path().toString());
    json.put("state", name(state));
    json.put("epoch", state.epoch());
    json.put("offset", state.offset());
    json.put("size", state.size());
    json.put("lag", state.lag());
    json.put("seen", state.seen().toString());
    return json;
  }

  private static String name(TailState state) {
    return state.state().name().toLowerCase(Locale.ROOT);
  }
}
