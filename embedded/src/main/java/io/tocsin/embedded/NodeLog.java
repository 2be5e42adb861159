package io.tocsin.embedded;

import java.nio.file.Path;
import java.util.logging.Logger;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.config.builder.api.AppenderComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;
import org.apache.logging.log4j.jul.Log4jBridgeHandler;
import org.jspecify.annotations.Nullable;

/**
 * Where the node's log lines go: a rolling file, never the terminal. OpenSearch logs through
 * log4j-core, and log4j is one for the whole JVM: an application that configured it keeps what it
 * configured, and of several nodes the last started decides.
 */
final class NodeLog implements AutoCloseable {
  private static final String NAME = "tocsin-embedded";

  /** Held, because the JDK's log manager forgets the handlers of a logger that nobody holds. */
  private static final Logger LUCENE = lucene();

  private final @Nullable Configuration ours;

  private NodeLog(@Nullable Configuration ours) {
    this.ours = ours;
  }

  static NodeLog into(Path directory) {
    if (!(LogManager.getContext(false) instanceof LoggerContext context) || configured(context)) {
      return new NodeLog(null);
    }
    LUCENE.setUseParentHandlers(false);
    Configuration rolling = rolling(directory);
    context.reconfigure(rolling);
    return new NodeLog(rolling);
  }

  private static boolean configured(LoggerContext context) {
    Configuration current = context.getConfiguration();
    return !(current instanceof DefaultConfiguration) && !NAME.equals(current.getName());
  }

  /** Lucene alone logs through the JDK, whose default is the terminal. */
  private static Logger lucene() {
    Logger logger = Logger.getLogger("org.apache.lucene");
    logger.addHandler(new Log4jBridgeHandler(false, null, false));
    return logger;
  }

  private static Configuration rolling(Path directory) {
    ConfigurationBuilder<BuiltConfiguration> builder =
        ConfigurationBuilderFactory.newConfigurationBuilder();
    builder.setConfigurationName(NAME);
    builder.setStatusLevel(Level.ERROR);
    // The application closes the node in a shutdown hook of its own and wants its last lines kept.
    builder.setShutdownHook("disable");
    builder.add(file(builder, directory));
    builder.add(builder.newRootLogger(Level.INFO).add(builder.newAppenderRef("file")));
    return builder.build(false);
  }

  private static AppenderComponentBuilder file(
      ConfigurationBuilder<BuiltConfiguration> builder, Path directory) {
    return builder
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
                    builder.newComponent("SizeBasedTriggeringPolicy").addAttribute("size", "10MB")))
        .addComponent(builder.newComponent("DefaultRolloverStrategy").addAttribute("max", "3"));
  }

  @Override
  public void close() {
    if (ours != null
        && LogManager.getContext(false) instanceof LoggerContext context
        && ours.equals(context.getConfiguration())) {
      context.reconfigure(new DefaultConfiguration());
    }
  }
}
