package io.tocsin.agent;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.bootstrap.config.DataSize;
import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The agent itself, as its file has it under {@code agent:}.
 *
 * @param name unique in the fleet; null for the host's name
 */
public record AgentSettings(
    @Doc("unique in the fleet; else the host's name") @Nullable String name,
    @Default(".tocsin/agent") @Doc("the folder of spool and checkpoints") Path data,
    @Default("512MiB") @Doc("how much the spool may hold while the broker is away")
        DataSize spoolMax) {

  private static final long LEAST_SPOOL = 1 << 20;

  public AgentSettings {
    require(
        name == null || (!name.isBlank() && name.indexOf('/') < 0),
        "name",
        name,
        "must be a name without a slash");
    require(
        spoolMax.bytes() >= LEAST_SPOOL,
        "spool-max",
        spoolMax.bytes() + "B",
        "must be 1MiB or more");
  }

  /** The agent part of ids. */
  public String agentName() {
    return name == null ? hostName() : name;
  }

  /** The name of this machine, as it knows itself. */
  static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName().replace('/', '-');
    } catch (UnknownHostException e) {
      return "localhost"; // a machine whose own name no resolver knows
    }
  }
}
