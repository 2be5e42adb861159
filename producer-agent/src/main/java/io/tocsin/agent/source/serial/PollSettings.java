package io.tocsin.agent.source.serial;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.bootstrap.config.Doc;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Bytes that make the device answer. */
public record PollSettings(
    @Doc("The bytes in hexadecimal; blanks and colons may part them") String hex,
    @Doc("How often, at least 100ms") Duration every) {

  private static final Pattern PARTING = Pattern.compile("[\\s:]");
  private static final Pattern BYTES = Pattern.compile("([0-9a-fA-F]{2}){1,256}");
  private static final Duration SHORTEST = Duration.ofMillis(100);

  public PollSettings {
    require(
        BYTES.matcher(PARTING.matcher(hex).replaceAll("")).matches(),
        "hex",
        hex,
        "must be 1 to 256 bytes of two hexadecimal digits each");
    require(every.compareTo(SHORTEST) >= 0, "every", every, "must be at least 100ms");
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(PARTING.matcher(hex).replaceAll(""));
  }
}
