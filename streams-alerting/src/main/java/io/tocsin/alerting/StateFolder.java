package io.tocsin.alerting;

import io.tocsin.bootstrap.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The folder of an instance's state, and the instance's lasting name in it. */
final class StateFolder {

  private static final String NAME_FILE = "instance-id";

  private StateFolder() {}

  /**
   * Makes the folder when there is none; gives the instance's name.
   *
   * @throws UserError when it cannot be written to
   */
  static String prepare(Path folder) {
    Path file = folder.resolve(NAME_FILE);
    try {
      Files.createDirectories(folder);
      String known = Files.exists(file) ? Files.readString(file).strip() : "";
      if (!known.isEmpty()) {
        return known;
      }
      String fresh = UUID.randomUUID().toString();
      Files.writeString(file, fresh);
      return fresh;
    } catch (IOException e) {
      throw new UserError(
          "cannot write to " + folder + " (" + e.getClass().getSimpleName() + ")",
          "give a state folder that this user may write to");
    }
  }
}
