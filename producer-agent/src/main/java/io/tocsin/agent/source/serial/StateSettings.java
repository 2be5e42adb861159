package io.tocsin.agent.source.serial;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import java.util.Map;

/** A measured value that is a state. */
public record StateSettings(
    @Doc("The value's name, such as STATE") String field,
    @Doc("What its values mean, such as 5: CHARGING") @Default("{}") Map<String, String> names) {

  public StateSettings {
    require(!field.isBlank(), "field", field, "must not be empty");
  }

  String nameOf(Object value) {
    String text = value.toString();
    return names.getOrDefault(text, text);
  }
}
