package io.tocsin.cli.agent;

import io.tocsin.bootstrap.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin agent dist}. */
@Command(
    name = "dist",
    description = {
      "Puts the agent alone into a folder, to be copied to an edge box.",
      "The folder needs a Java 25 there and nothing else. bin/tocsin-agent warm-up, once on the box,"
          + " makes the cache that halves its start."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {
      "  tocsin agent dist --to /tmp/tocsin-agent",
      "  rsync -a /tmp/tocsin-agent edge-01:/opt/ && ssh edge-01 /opt/tocsin-agent/bin/tocsin-agent"
          + " warm-up"
    })
public final class DistCommand implements Callable<Integer> {

  @Option(
      names = "--to",
      paramLabel = "DIRECTORY",
      required = true,
      description = "a folder that is empty or not there yet")
  private Path to = Path.of("");

  @Option(names = "--dry-run", description = "only say what would be copied")
  private boolean dryRun;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Set<Path> jars = AgentJars.find();
    PrintWriter out = spec.commandLine().getOut();
    long bytes = 0;
    for (Path jar : jars) {
      bytes += Files.size(jar);
    }
    if (dryRun) {
      jars.forEach(jar -> out.println("lib/" + jar.getFileName()));
      out.println("would copy " + jars.size() + " jars, " + bytes / 1_000_000 + " MB, to " + to);
    } else {
      requireEmpty();
      write(jars);
      out.println(to + ": " + jars.size() + " jars, " + bytes / 1_000_000 + " MB");
      out.println("next, on the edge box: bin/tocsin-agent warm-up");
    }
    out.flush();
    return 0;
  }

  private void requireEmpty() throws IOException {
    if (Files.exists(to)) {
      try (Stream<Path> files = Files.list(to)) {
        if (files.findAny().isPresent()) {
          throw new UserError(to + " is not empty", "name a folder that is not there yet");
        }
      }
    }
  }

  private void write(Set<Path> jars) throws IOException {
    Path lib = Files.createDirectories(to.resolve("lib"));
    Path bin = Files.createDirectories(to.resolve("bin"));
    for (Path jar : jars) {
      Files.copy(jar, lib.resolve(jar.getFileName().toString()));
    }
    Path script = bin.resolve("tocsin-agent");
    resource("tocsin-agent", script);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    resource("tocsin-agent.service", to.resolve("tocsin-agent.service"));
  }

  private static void resource(String name, Path file) throws IOException {
    try (InputStream in = DistCommand.class.getResourceAsStream("edge/" + name)) {
      if (in == null) {
        throw new IllegalStateException("missing in this build: " + name);
      }
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
