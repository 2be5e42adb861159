package io.tocsin.agent.source.host;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.bootstrap.config.Doc;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A program to watch; all processes that fit are measured together. */
public record WatchedProcess(
    @Doc("The program's name; its telemetry's device is HOST/NAME") String name,
    @Doc("The service it belongs to; else the name") @Nullable String service,
    @Doc("A regular expression that is found in its command line") Pattern command) {

  public WatchedProcess {
    require(!name.isBlank(), "name", name, "must not be empty");
    require(service == null || !service.isBlank(), "service", service, "must not be empty");
    require(!command.matcher("").find(), "command", command, "must not fit every program");
  }

  String serviceName() {
    return service == null ? name : service;
  }
}
