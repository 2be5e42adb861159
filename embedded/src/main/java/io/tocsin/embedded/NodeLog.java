package io.tocsin.embedded;

import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Where the node's log lines go: a rolling file, never the terminal. OpenSearch logs through
 * log4j-core, and log4j is one for the whole JVM; an application that configured it keeps what it
 * configured.
 */
final class NodeLog implements AutoCloseable {
  private static final String NAME = "tocsin-embedded";

  private final @Nullable Configuration ours;

  private NodeLog(@Nullable Configuration ours) {
    this.ours = ours;
  }

  static NodeLog into(Path directory) {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    Configuration current = context.getConfiguration();
    if (!(current instanceof DefaultConfiguration) && !NAME.equals(current.getName())) {
      return new NodeLog(null);
    }
    Configuration rolling = rolling(directory);
    context.reconfigure(rolling);
    return new NodeLog(rolling);
  }

  private static Configuration rolling(Path directory) {
    ConfigurationBuilder<BuiltConfiguration> builder =
        ConfigurationBuilderFactory.newConfigurationBuilder();
    builder.setConfigurationName(NAME);
    builder.setStatusLevel(Level.ERROR);
    // The caller stops the servers in its own shutdown hook and wants their last lines kept.
    builder.setShutdownHook("disable");
    builder.add(
        builder
            .newAppender("file", "RollingFile")
            .addAttribute("fileName", directory.resolve("opensearch.log").toString())
            .addAttribute("filePattern", directory.resolve("opensearch-%i.log.gz").toString())
            .add(
                builder
                    .newLayout("PatternLayout")
                    .addAttribute("pattern", "%d{ISO8601} %-5p %c{1} %m%n%xEx"))
            .addComponent(
                builder
                    .newComponent("Policies")
                    .addComponent(
                        builder
                            .newComponent("SizeBasedTriggeringPolicy")
                            .addAttribute("size", "10MB")))
            .addComponent(
                builder.newComponent("DefaultRolloverStrategy").addAttribute("max", "3")));
    builder.add(builder.newRootLogger(Level.INFO).add(builder.newAppenderRef("file")));
    return builder.build(false);
  }

  @Override
  public void close() {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    if (ours != null && ours.equals(context.getConfiguration())) {
      context.reconfigure(new DefaultConfiguration());
    }
  }
}
