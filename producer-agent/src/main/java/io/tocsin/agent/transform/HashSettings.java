package io.tocsin.agent.transform;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.bootstrap.config.Doc;
import io.tocsin.bootstrap.config.Secret;
import java.util.List;

/** Fields whose values are told apart but not read: each becomes a keyed hash of itself. */
public record HashSettings(
    @Doc("names in meta, or dotted paths: user_id, user.id") List<String> fields,
    @Doc("the key of the hash, 16 characters or more; the same one on every agent") Secret key) {

  /** A key that is quickly guessed gives the values away: there are few user ids. */
  private static final int SHORTEST_KEY = 16;

  public HashSettings {
    require(!fields.isEmpty(), "fields", null, "must name at least one field");
    for (String field : fields) {
      require(!field.isBlank(), "fields", field, "must not hold an empty name");
    }
    require(
        key.reveal().length() >= SHORTEST_KEY,
        "key",
        null,
        "must have " + SHORTEST_KEY + " characters or more; make one with: openssl rand -hex 24");
  }
}
