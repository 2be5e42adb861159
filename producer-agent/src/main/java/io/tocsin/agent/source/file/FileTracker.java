package io.tocsin.agent.source.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Knows which files are being read, and finds those that came, went or were renamed. For the
 * source's thread alone.
 *
 * <p>When a name goes to another file, the old one was rotated: it stays open and is read to its
 * end first. So are files that had the name in between, for a log may be rotated twice between two
 * looks or while the agent is down; they are told by their names and times.
 */
final class FileTracker {

  private final Globs globs;
  private final Checkpoints checkpoints;
  private final FileSourceLog log;
  private final List<TailedFile> files = new ArrayList<>();
  private boolean first = true;

  FileTracker(Globs globs, Checkpoints checkpoints, FileSourceLog log) {
    this.globs = globs;
    this.checkpoints = checkpoints;
    this.log = log;
  }

  /** The open files, in the order in which they were found. */
  List<TailedFile> files() {
    return files;
  }

  /** Looks at the disk. Returns the files that were there from the start and are not known. */
  List<TailedFile> discover(long now) throws IOException {
    Map<Path, Sighting> present = new TreeMap<>();
    for (Path path : globs.files()) {
      Sighting.of(path).ifPresent(sighting -> present.put(path, sighting));
    }
    follow(present, now);
    if (first) {
      reopenRenamed(present, now);
    }
    List<TailedFile> fromStart = new ArrayList<>();
    for (Sighting sighting : present.values()) {
      if (!isOpen(sighting.key())) {
        List<TailedFile> before = before(sighting, now);
        boolean unknown = first && before.isEmpty() && !checkpoints.knowsPath(sighting.path());
        open(sighting, before, now).filter(file -> unknown).ifPresent(fromStart::add);
      }
    }
    first = false;
    return fromStart;
  }

  /** Closes a file that was read to its end, or cannot be read. */
  void close(TailedFile file) {
    files.remove(file);
    try {
      file.close();
    } catch (IOException e) {
      log.trouble(file.path(), e);
    }
  }

  /** Notes the names that the open files have now. */
  private void follow(Map<Path, Sighting> present, long now) {
    Map<FileKey, Sighting> byKey =
        present.values().stream()
            .collect(Collectors.toMap(Sighting::key, sighting -> sighting, (one, other) -> one));
    for (TailedFile file : files) {
      @Nullable Sighting here = present.get(file.path());
      @Nullable Sighting there =
          here != null && here.key().equals(file.key()) ? here : byKey.get(file.key());
      if (there != null) {
        file.isSeen(there);
      } else if (!file.isAway()) {
        file.goesAway(now);
        log.away(file.path());
      }
    }
  }

  /** At the start: files that were being read, and have more, under whatever name they have now. */
  private void reopenRenamed(Map<Path, Sighting> present, long now) throws IOException {
    Map<FileKey, Sighting> there =
        present.values().stream()
            .collect(Collectors.toMap(Sighting::key, sighting -> sighting, (one, other) -> one));
    Map<Path, List<TailedFile>> copies = new TreeMap<>();
    Map<Path, Rotations> rotations = new TreeMap<>();
    for (Checkpoint known : List.copyOf(checkpoints.all())) {
      @Nullable Sighting same = there.get(known.key());
      if (same != null && !isIn(known, same)) {
        List<TailedFile> before = copies.computeIfAbsent(known.path(), p -> new ArrayList<>());
        if (!rotations.containsKey(known.path())) {
          rotations.put(known.path(), Rotations.of(known.path()));
        }
        reopenCopy(known, rotations.get(known.path()), before, now);
      } else if (same == null && !isOpen(known.key())) {
        for (Sighting sighting : Sighting.near(known.path())) {
          if (sighting.key().equals(known.key()) && sighting.size() > known.offset()) {
            open(sighting, List.of(), now).ifPresent(file -> file.wasNamed(known.path(), now));
          }
        }
      }
      if (!present.containsKey(known.path())) {
        openUnread(known.path(), List.of(), Optional.empty(), any -> true, now);
      }
    }
    for (Map.Entry<Path, List<TailedFile>> cut : copies.entrySet()) {
      @Nullable Sighting log = present.get(cut.getKey());
      if (log != null) {
        openCopies(log.path(), log.key(), cut.getValue(), Optional.empty(), now);
      }
    }
  }

  private static boolean isIn(Checkpoint known, Sighting sighting) {
    try (FileChannel channel = FileChannel.open(sighting.path(), StandardOpenOption.READ)) {
      return Checkpoints.isIn(known, channel);
    } catch (IOException e) {
      return false; // gone meanwhile, or it will be told when the file is opened
    }
  }

  /** Opens the copy that was taken of a file before it was cut, if it holds more than was read. */
  private void reopenCopy(
      Checkpoint known, Rotations rotations, List<TailedFile> opened, long now) {
    for (Sighting sighting : rotations.beginningWith(known.head())) {
      if (sighting.size() > known.offset() && !isOpen(sighting.key()) && isIn(known, sighting)) {
        Optional<TailedFile> copy = open(sighting, opened, now);
        copy.ifPresent(
            file -> {
              file.wasNamed(known.path(), now);
              file.wasCopiedFrom(known.key());
              opened.add(file);
            });
        return;
      }
    }
  }

  /**
   * The copy that was taken of a file before it was cut: what was not read of it stands only there.
   */
  Optional<TailedFile> copyOf(TailedFile cut, long now) throws IOException {
    for (Sighting sighting : Sighting.near(cut.path()).reversed()) {
      if (sighting.isRotationOf(cut.path()) && sighting.size() >= cut.offset()) {
        Optional<TailedFile> open =
            files.stream().filter(file -> file.key().equals(sighting.key())).findFirst();
        Optional<TailedFile> copy = open.isPresent() ? open : open(sighting, List.of(), now);
        if (copy.isPresent() && cut.isCopiedBy(copy.get())) {
          if (open.isEmpty()) {
            copy.get().wasNamed(cut.path(), now);
          }
          return copy;
        }
        copy.filter(file -> open.isEmpty()).ifPresent(this::close);
      }
    }
    return Optional.empty();
  }

  /**
   * Opens the copies that were taken of what a file held between two cuts that nobody saw.
   *
   * @param before the copy of what it held before the first of them
   */
  List<TailedFile> openCopies(TailedFile cut, Optional<TailedFile> before, long now)
      throws IOException {
    return openCopies(cut.path(), cut.key(), before.stream().toList(), cut.passed(), now);
  }

  private List<TailedFile> openCopies(
      Path path, FileKey key, List<TailedFile> before, Optional<Instant> passed, long now)
      throws IOException {
    List<TailedFile> copies =
        openUnread(path, before, passed, copy -> isNamed(path, key) && isOfItsOwn(copy, path), now);
    copies.forEach(copy -> copy.wasCopiedFrom(key));
    return copies;
  }

  /** Whether another open file is read under this identity. */
  boolean isReadAs(String epoch, TailedFile apartFrom) {
    return files.stream().anyMatch(file -> file != apartFrom && file.isReadAs(epoch));
  }

  /** The open file in which all stands, so far, that is in this one. */
  Optional<TailedFile> originalOf(TailedFile file) throws IOException {
    for (TailedFile other : files) {
      if (other != file && other.isBeingCopiedBy(file)) {
        return Optional.of(other);
      }
    }
    return Optional.empty();
  }

  /** What is to be read before a file that is new under its name, oldest first. */
  private List<TailedFile> before(Sighting sighting, long now) throws IOException {
    Path path = sighting.path();
    List<TailedFile> before = new ArrayList<>();
    files.stream().filter(file -> file.had(path)).forEach(before::add);
    boolean known = checkpoints.all().stream().anyMatch(c -> c.key().equals(sighting.key()));
    if (!known) {
      before.addAll(openUnread(path, before, Optional.empty(), any -> true, now));
    }
    return before;
  }

  /** Opens files that had a name since it was last looked at, and lost it again. */
  private List<TailedFile> openUnread(
      Path path,
      List<TailedFile> before,
      Optional<Instant> passed,
      Predicate<Sighting> wanted,
      long now)
      throws IOException {
    Stream<Instant> remembered =
        checkpoints.all().stream()
            .filter(known -> known.path().equals(path))
            .map(Checkpoint::modified);
    Optional<Instant> since =
        Stream.of(before.stream().map(TailedFile::modified), remembered, passed.stream())
            .flatMap(times -> times)
            .max(Comparator.naturalOrder());
    List<TailedFile> opened = new ArrayList<>();
    if (since.isPresent()) {
      for (Sighting sighting : Sighting.near(path)) {
        if (sighting.isRotationOf(path)
            && !sighting.modified().isBefore(since.get())
            && !isKnown(sighting)
            && !isOpen(sighting.key())
            && wanted.test(sighting)) {
          List<TailedFile> all = Stream.concat(before.stream(), opened.stream()).toList();
          open(sighting, all, now)
              .ifPresent(
                  file -> {
                    file.wasNamed(path, now);
                    opened.add(file);
                  });
        }
      }
    }
    return opened;
  }

  /** Whether a file has its name still: only then is what stands beside it copied from it. */
  private static boolean isNamed(Path path, FileKey key) {
    return Sighting.of(path).filter(now -> now.key().equals(key)).isPresent();
  }

  /** A copy of what was read under a name, or stands there to be read, has nothing of its own. */
  private boolean isOfItsOwn(Sighting copy, Path path) {
    try (FileChannel channel = FileChannel.open(copy.path(), StandardOpenOption.READ)) {
      Optional<String> head = Fingerprint.ofHead(channel);
      for (Checkpoint known : checkpoints.all()) {
        boolean before = copy.size() < known.offset() && head.equals(Optional.of(known.head()));
        if (known.path().equals(path) && (before || Checkpoints.isIn(known, channel))) {
          return false;
        }
      }
      return files.stream().noneMatch(file -> file.had(path) && file.isReadBeyond(head, copy))
          && !isInWhatStandsThere(channel, copy.size(), path);
    } catch (IOException e) {
      return false; // gone meanwhile
    }
  }

  private static boolean isInWhatStandsThere(FileChannel copy, long size, Path path)
      throws IOException {
    if (!Files.exists(path)) {
      return false;
    }
    try (FileChannel now = FileChannel.open(path, StandardOpenOption.READ)) {
      return Fingerprint.ofHead(now).equals(Fingerprint.ofHead(copy))
          && Fingerprint.ofTail(now, size).equals(Fingerprint.ofTail(copy, size));
    }
  }

  /** Whether it was read, at least in part. The number of a file that is gone comes again. */
  private boolean isKnown(Sighting sighting) {
    return checkpoints.all().stream()
        .anyMatch(known -> known.key().equals(sighting.key()) && isIn(known, sighting));
  }

  private boolean isOpen(FileKey key) {
    return files.stream().anyMatch(file -> file.key().equals(key));
  }

  private Optional<TailedFile> open(Sighting sighting, List<TailedFile> before, long now) {
    try {
      TailedFile file = TailedFile.open(sighting, now);
      file.follows(before);
      files.add(file);
      log.opened(sighting.path());
      return Optional.of(file);
    } catch (IOException e) {
      log.trouble(sighting.path(), e);
      return Optional.empty();
    }
  }
}
