package io.tocsin.cli.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.agent.AgentFile;
import io.tocsin.bootstrap.config.ConfigSchema;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tocsin agent schema}. */
@Command(
    name = "schema",
    description = {
      "Prints a JSON Schema of the agent's file, for editors.",
      "With it they complete keys, explain them and mark mistakes; tocsin agent validate finds more."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {
      "  tocsin agent schema > agent.schema.json",
      "  and, as the first line of agent.yaml:",
      "  # yaml-language-server: $schema=agent.schema.json"
    })
public final class SchemaCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws JsonProcessingException {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        new ObjectMapper()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(ConfigSchema.of(AgentFile.class, "The Tocsin agent's file")));
    out.flush();
    return 0;
  }
}
