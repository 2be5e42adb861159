package io.tocsin.agent.source.file;

import io.tocsin.bootstrap.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far a file is with the broker, as its checkpoint has it, and what has become of the file
 * since. Read from the disk, so it is about a second behind a running agent.
 *
 * @param source the source's name
 * @param path where the file was last seen
 * @param epoch the file's identity in ids
 * @param offset everything before it is acknowledged, in bytes
 * @param size of what stands under this path now; -1 when there is nothing
 * @param state what has become of the file
 * @param seen when the agent last saw it
 */
public record TailState(
    String source, Path path, String epoch, long offset, long size, State state, Instant seen) {

  private static final String SUFFIX = ".checkpoints";

  /** What has become of a file. */
  public enum State {
    /** Everything in it is with the broker. */
    COMPLETE,
    /** There is more in it than is acknowledged. */
    BEHIND,
    /** Its name stands for another file now: it was renamed, or cut and written anew. */
    ROTATED,
    /** Nothing has its name any more. */
    GONE,
    /** This user may not read it. */
    UNREADABLE
  }

  /** Bytes that are not acknowledged yet; 0 for a file that is not under its name any more. */
  public long lag() {
    return state == State.BEHIND ? size - offset : 0;
  }

  /**
   * Every checkpoint in a folder, by source and path.
   *
   * @throws UserError when there are none, or they cannot be read
   */
  public static List<TailState> in(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new UserError(
          "there are no checkpoints in " + directory,
          "name the folder of agent.data, or the agent's file");
    }
    List<TailState> states = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(SUFFIX)) {
          String source = name.substring(0, name.length() - SUFFIX.length());
          for (Checkpoint known : new CheckpointFile(directory, source).load()) {
            states.add(of(source, known));
          }
        }
      }
    } catch (IOException e) {
      throw new UserError(
          "the checkpoints in " + directory + " cannot be read: " + e,
          "run this as the user the agent runs as");
    }
    return states;
  }

  private static TailState of(String source, Checkpoint known) throws IOException {
    Optional<Sighting> here = Sighting.of(known.path());
    long size = here.map(Sighting::size).orElse(-1L);
    State state = here.isEmpty() ? State.GONE : state(known, here.get());
    return new TailState(
        source, known.path(), known.epoch(), known.offset(), size, state, known.seen());
  }

  private static State state(Checkpoint known, Sighting here) throws IOException {
    if (!here.key().equals(known.key()) || here.size() < known.offset()) {
      return State.ROTATED;
    }
    try (FileChannel channel = FileChannel.open(known.path(), StandardOpenOption.READ)) {
      if (!Checkpoints.isIn(known, channel)) {
        return State.ROTATED;
      }
    } catch (NoSuchFileException e) {
      return State.GONE;
    } catch (AccessDeniedException e) {
      return State.UNREADABLE;
    }
    return here.size() > known.offset() ? State.BEHIND : State.COMPLETE;
  }
}
