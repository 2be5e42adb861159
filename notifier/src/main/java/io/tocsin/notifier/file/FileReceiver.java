package io.tocsin.notifier.file;

import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.message.NotificationJson;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Pace;
import io.tocsin.notifier.pipeline.Reason;
import io.tocsin.notifier.pipeline.Receiver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever reads the file: a line of JSON a notification, on the disk before it counts as
 * told. The file is opened for each line, so that it can be moved away at any time.
 */
public final class FileReceiver implements Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(FileReceiver.class);

  private final String name;
  private final Path path;
  private final Links links;

  /** Appends to {@code path}, whose folder must be there. */
  public FileReceiver(String name, Path path, Links links) {
    this.name = name;
    this.path = path;
    this.links = links;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Pace pace() {
    return Pace.FREE;
  }

  @Override
  public Outcome deliver(Notification notification) {
    try (FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      append(file, line(notification));
      return Outcome.delivered();
    } catch (IOException e) {
      LOG.atWarn()
          .setMessage("alerts file cannot be written")
          .addKeyValue("path", path)
          .addKeyValue("error", e)
          .log();
      return Outcome.retriable(Reason.SERVER_ERROR);
    }
  }

  /** What a full disk cut off is taken away again: the next line would be joined to it. */
  private static void append(FileChannel file, ByteBuffer line) throws IOException {
    long end = file.size();
    try {
      long at = end;
      if (isTorn(file, end)) {
        at += file.write(ByteBuffer.wrap(new byte[] {'\n'}), at);
      }
      while (line.hasRemaining()) {
        at += file.write(line, at);
      }
      file.force(true);
    } catch (IOException e) {
      file.truncate(end);
      throw e;
    }
  }

  /** Whether the last line has no end, as a crash or somebody else may leave it. */
  private static boolean isTorn(FileChannel file, long end) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return end > 0 && file.read(last, end - 1) == 1 && last.get(0) != '\n';
  }

  private ByteBuffer line(Notification notification) {
    byte[] json = NotificationJson.of(name, notification, links);
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return ByteBuffer.wrap(line);
  }

  /** The line that would be written, and where. */
  public String draft(Notification notification) {
    return path + "\n\n" + StandardCharsets.UTF_8.decode(line(notification)).toString().strip();
  }
}
