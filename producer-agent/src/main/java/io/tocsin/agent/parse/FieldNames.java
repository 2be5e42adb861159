package io.tocsin.agent.parse;

import io.tocsin.bootstrap.config.Doc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a line holds the fields of an event: a field's name, or a dotted path to it. A field that
 * is not found there is looked for under its usual names.
 */
public record FieldNames(
    @Doc("when it happened") @Nullable String ts,
    @Doc("which program said it; else the source's service") @Nullable String service,
    @Doc("how bad it is") @Nullable String level,
    @Doc("a short key") @Nullable String event,
    @Doc("the text for people") @Nullable String message,
    @Doc("an object whose fields join the rest in meta") @Nullable String meta) {

  /** Only the usual names. */
  public static final FieldNames USUAL = new FieldNames(null, null, null, null, null, null);

  List<String> tsNames() {
    return names(ts, "ts", "timestamp", "time", "@timestamp", "datetime");
  }

  /** The usual name is not tried: the configuration says whose file it is. */
  List<String> serviceNames() {
    return names(service);
  }

  List<String> levelNames() {
    return names(level, "level", "severity", "levelname", "lvl");
  }

  List<String> eventNames() {
    return names(event, "event");
  }

  List<String> messageNames() {
    return names(message, "message", "msg");
  }

  List<String> metaNames() {
    return names(meta, "meta");
  }

  private static List<String> names(@Nullable String own, String... usual) {
    List<String> names = new ArrayList<>();
    if (own != null) {
      names.add(own);
    }
    names.addAll(List.of(usual));
    return names;
  }
}
