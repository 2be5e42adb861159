package io.tocsin.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** The entry of the agent's folder for the edge, which holds nothing of the other services. */
public final class AgentMain {

  private AgentMain() {}

  /** Runs one command and exits with its status: 0 well, 1 failed, 2 called wrongly. */
  public static void main(String[] arguments) {
    if (arguments.length > 0 && arguments[0].equals("run")) {
      Thread.ofPlatform().daemon().name("preparation").start(AgentMain::prepare);
    }
    System.exit(
        PlainRun.of(arguments)
            .map(run -> run.execute(writer(FileDescriptor.out), writer(FileDescriptor.err)))
            .orElseGet(() -> TocsinCommand.executeAgent(arguments)));
  }

  private static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(new FileOutputStream(stream), true, Charset.defaultCharset());
  }

  /**
   * Loads what Kafka's client begins with. On a second core that is done while the first reads the
   * command line and the agent's file.
   */
  private static void prepare() {
    var _ = ManagementFactory.getPlatformMBeanServer();
    var _ = ProducerConfig.configNames();
    var _ = ApiKeys.PRODUCE.latestVersion();
    var _ = Errors.NONE.code();
  }
}
