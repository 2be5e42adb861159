package io.tocsin.bootstrap.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of bytes, written with a unit: {@code 64KiB}, {@code 512MiB}, {@code 2GiB}; {@code kB},
 * {@code MB} and {@code GB} are thousands.
 *
 * @param bytes not negative
 */
public record DataSize(long bytes) {

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,12})\\s*(B|KIB|MIB|GIB|TIB|KB|MB|GB|TB)", Pattern.CASE_INSENSITIVE);

  public DataSize {
    InvalidValueException.require(bytes >= 0, "", bytes, "must not be negative");
  }

  /**
   * Reads a size with its unit.
   *
   * @throws InvalidValueException when the unit is missing or unknown
   */
  public static DataSize parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    InvalidValueException.require(
        matcher.matches(), "", text, "must be a size with its unit, such as 64KiB, 512MiB or 2GiB");
    long unit =
        switch (matcher.group(2).toUpperCase(Locale.ROOT)) {
          case "KIB" -> 1L << 10;
          case "MIB" -> 1L << 20;
          case "GIB" -> 1L << 30;
          case "TIB" -> 1L << 40;
          case "KB" -> 1_000L;
          case "MB" -> 1_000_000L;
          case "GB" -> 1_000_000_000L;
          case "TB" -> 1_000_000_000_000L;
          default -> 1L;
        };
    return new DataSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit));
  }
}
