package io.tocsin.agent.source.host;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.agent.transform.SourceSettings;
import io.tocsin.agent.transform.TransformSettings;
import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The machine the agent runs on, as the agent's file has it under {@code host:}. */
public record HostConfig(
    @Doc("The source's name in ids and metrics") @Default("host") String name,
    @Doc("The service that the machine's measurements belong to") @Default("host") String service,
    @Doc("How often, at least 1s") @Default("10s") Duration every,
    @Doc("Programs to watch") @Default("[]") List<WatchedProcess> processes,
    @Default("{}") @Doc("what is done to records on the way") TransformSettings transform)
    implements SourceSettings {

  private static final Duration MOST_OFTEN = Duration.ofSeconds(1);

  public HostConfig {
    transform.requireNoWaiting();
    require(
        !name.isBlank() && name.indexOf('/') < 0, "name", name, "must be a name without a slash");
    require(!service.isBlank(), "service", service, "must not be empty");
    require(every.compareTo(MOST_OFTEN) >= 0, "every", every, "must be at least 1s");
    Set<String> names = new HashSet<>();
    for (WatchedProcess process : processes) {
      require(
          names.add(process.name()), "processes", process.name(), "names two programs; part them");
    }
  }

  @Override
  public String sourceName() {
    return name;
  }
}
