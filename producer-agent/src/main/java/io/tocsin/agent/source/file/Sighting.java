package io.tocsin.agent.source.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file as it was seen in its folder.
 *
 * @param size in bytes
 * @param modified when it was last written to
 */
record Sighting(Path path, FileKey key, long size, Instant modified) {

  /** What log rotation appends: {@code .1}, {@code -20251210}, {@code .2025-12-10_00-00}. */
  private static final Pattern ROTATED = Pattern.compile("[._-]\\d[\\d._T:-]*");

  /** Empty when there is no regular file of this name. */
  static Optional<Sighting> of(Path path) {
    try {
      Map<String, Object> found =
          Files.readAttributes(path, "unix:dev,ino,size,lastModifiedTime,isRegularFile");
      if (!Boolean.TRUE.equals(found.get("isRegularFile"))) {
        return Optional.empty();
      }
      FileKey key = new FileKey(number(found, "dev"), number(found, "ino"));
      Instant modified =
          found.get("lastModifiedTime") instanceof FileTime time ? time.toInstant() : Instant.MIN;
      return Optional.of(new Sighting(path, key, number(found, "size"), modified));
    } catch (IOException e) {
      return Optional.empty(); // gone between two looks, or not ours to see
    }
  }

  /** The regular files in the folder of {@code path}, oldest first. */
  static List<Sighting> near(Path path) throws IOException {
    List<Sighting> seen = new ArrayList<>();
    Path folder = path.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return seen;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      files.forEach(file -> of(file).ifPresent(seen::add));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    seen.sort(Comparator.comparing(Sighting::modified));
    return seen;
  }

  /** Whether its name says that it once was {@code log}. */
  boolean isRotationOf(Path log) {
    return isRotation(path, log);
  }

  /** Whether a name says that its file once was {@code log}, or is a copy of it. */
  static boolean isRotation(Path path, Path log) {
    String name = path.getFileName().toString();
    String base = log.getFileName().toString();
    return Objects.equals(path.getParent(), log.getParent())
        && name.startsWith(base)
        && ROTATED.matcher(name.substring(base.length())).matches();
  }

  private static long number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
