package io.tocsin.agent.source.file;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/** The files that a list of paths and globs names at this moment. */
final class Globs {

  private static final String SPECIAL = "*?[{\\";

  private final List<Glob> globs;

  Globs(List<String> patterns) {
    this.globs = patterns.stream().map(Glob::of).toList();
  }

  static boolean isValid(String pattern) {
    try {
      Glob.of(pattern);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  /** In the order of their paths, each once. */
  Set<Path> files() throws IOException {
    Set<Path> files = new TreeSet<>();
    for (Glob glob : globs) {
      glob.collect(files);
    }
    return files;
  }

  /**
   * One pattern.
   *
   * @param base the folder, or the file itself, that is named without special characters
   * @param depth how many folders down it may reach
   */
  private record Glob(Path base, PathMatcher matcher, int depth) {

    static Glob of(String pattern) {
      Path base = Path.of("/");
      int depth = 0;
      for (String part : pattern.split("/")) {
        if (depth == 0 && part.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0)) {
          base = base.resolve(part);
        } else {
          depth = part.contains("**") || depth > 100 ? 1000 : depth + 1;
        }
      }
      // As everywhere but in Java, a/**/b is also a/b.
      String glob = "glob:" + pattern.replace("/**/", "/{**/,}");
      return new Glob(base, FileSystems.getDefault().getPathMatcher(glob), depth);
    }

    void collect(Set<Path> files) throws IOException {
      if (depth == 0) {
        if (Files.isRegularFile(base)) {
          files.add(base);
        }
        return;
      }
      if (!Files.isDirectory(base)) {
        return;
      }
      List<Path> found = new ArrayList<>();
      Files.walkFileTree(
          base,
          Set.of(FileVisitOption.FOLLOW_LINKS),
          depth,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile() && matcher.matches(file)) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE; // gone in this moment, or not ours to read
            }

            @Override
            public FileVisitResult postVisitDirectory(
                Path folder, @org.jspecify.annotations.Nullable IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
      files.addAll(found);
    }
  }
}
