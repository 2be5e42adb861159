package io.tocsin.agent;

import io.tocsin.agent.source.file.FileConfig;
import io.tocsin.agent.source.host.HostConfig;
import io.tocsin.agent.source.http.HttpConfig;
import io.tocsin.agent.source.journal.JournalConfig;
import io.tocsin.agent.source.probe.ProbeConfig;
import io.tocsin.agent.source.serial.SerialConfig;
import io.tocsin.agent.source.stdin.StdinConfig;
import io.tocsin.agent.transform.SourceSettings;
import io.tocsin.agent.transform.TransformSettings;
import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.Named;

/** An entry of the file's {@code sources}: one key that says what is read. */
public sealed interface SourceConfig {

  /** What stands under that key. */
  SourceSettings config();

  /** The source part of ids; unique within the agent. */
  default String sourceName() {
    return config().sourceName();
  }

  /** What is done to its records on the way. */
  default TransformSettings transform() {
    return config().transform();
  }

  /** Whether it can be read more slowly without a loss. */
  default boolean canWait() {
    return false;
  }

  /** A device on a serial port. */
  record Serial(SerialConfig config) implements SourceConfig {

    static Serial fromConfig(ConfigNode node) {
      return new Serial(node.as(SerialConfig.class));
    }
  }

  /** Log files. */
  @Named("file")
  record Files(FileConfig config) implements SourceConfig {

    static Files fromConfig(ConfigNode node) {
      return new Files(node.as(FileConfig.class));
    }

    @Override
    public boolean canWait() {
      return true;
    }
  }

  /** The systemd journal. */
  record Journal(JournalConfig config) implements SourceConfig {

    static Journal fromConfig(ConfigNode node) {
      return new Journal(node.as(JournalConfig.class));
    }

    @Override
    public boolean canWait() {
      return true;
    }
  }

  /** Events that are sent over HTTP. */
  record Http(HttpConfig config) implements SourceConfig {

    static Http fromConfig(ConfigNode node) {
      return new Http(node.as(HttpConfig.class));
    }
  }

  /** A look at a service, again and again. */
  record Probe(ProbeConfig config) implements SourceConfig {

    static Probe fromConfig(ConfigNode node) {
      return new Probe(node.as(ProbeConfig.class));
    }
  }

  /** What another program pipes in. */
  record Stdin(StdinConfig config) implements SourceConfig {

    static Stdin fromConfig(ConfigNode node) {
      return new Stdin(node.as(StdinConfig.class));
    }

    @Override
    public boolean canWait() {
      return true;
    }
  }

  /** The machine the agent runs on. */
  record Host(HostConfig config) implements SourceConfig {

    static Host fromConfig(ConfigNode node) {
      return new Host(node.as(HostConfig.class));
    }
  }
}
