package io.tocsin.agent.source.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running {@code journalctl}. Read by one thread, closed from any. */
final class Journalctl implements AutoCloseable {

  private static final Duration ORDERLY_END = Duration.ofMillis(500);
  private static final int COMPLAINT_CHARS = 300;

  private final Process process;
  private final Thread listener;
  private volatile String complaint = "";

  private Journalctl(Process process) {
    this.process = process;
    this.listener = Thread.ofVirtual().name("journalctl-errors").start(this::listen);
  }

  /**
   * Starts it.
   *
   * @throws IOException when there is no such program, or it may not be run
   */
  static Journalctl start(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    process.getOutputStream().close();
    return new Journalctl(process);
  }

  long pid() {
    return process.pid();
  }

  /** Waits for more of what it says; −1 when it has ended. */
  int read(byte[] chunk) {
    try {
      return process.getInputStream().read(chunk);
    } catch (IOException e) {
      return -1; // the stream of a process that was ended by the close
    }
  }

  /** Waits for its end, and tells for people how it ended. */
  String end() throws InterruptedException {
    int status = process.waitFor();
    boolean heard = listener.join(ORDERLY_END);
    return "journalctl ended with status "
        + status
        + (heard && !complaint.isEmpty() ? ": " + complaint : "");
  }

  /** Ends it, within about a second. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(ORDERLY_END.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Reads what it complains of, for it would stop when nobody did. The last words are kept. */
  private void listen() {
    byte[] chunk = new byte[1024];
    try {
      InputStream errors = process.getErrorStream();
      int count = errors.read(chunk);
      while (count >= 0) {
        String text = (complaint + new String(chunk, 0, count, UTF_8));
        complaint = text.substring(Math.max(0, text.length() - COMPLAINT_CHARS)).strip();
        count = errors.read(chunk);
      }
    } catch (IOException e) {
      // It was ended by the close; nobody asks any more.
    }
  }
}
