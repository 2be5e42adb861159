package io.tocsin.agent.source.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Does a program end with exit code 0? Lines {@code name=number} of its output become values. The
 * output is looked at without ever waiting for it: a grandchild that outlives the program may hold
 * the pipe open for ever, and such a read cannot be cut.
 */
final class CommandCheck implements Check {

  private static final Pattern VALUE =
      Pattern.compile(
          "\\s*([A-Za-z_][A-Za-z0-9_]{0,63})\\s*=\\s*(-?\\d{1,15}(?:\\.\\d{1,9})?)\\s*");
  private static final int MOST_OUTPUT = 64 << 10;
  private static final int MOST_VALUES = 50;
  private static final int LONGEST_DETAIL = 200;

  private final List<String> command;
  private final LongSupplier nanoTime;
  private @Nullable Process process;
  private boolean closed;

  CommandCheck(List<String> command, LongSupplier nanoTime) {
    this.command = command;
    this.nanoTime = nanoTime;
  }

  @Override
  public Finding run() throws IOException, InterruptedException {
    long began = nanoTime.getAsLong();
    Process running = launch();
    running.getOutputStream().close();
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    InputStream out = running.getInputStream();
    boolean ended = false;
    while (!ended) {
      ended = running.waitFor(5, TimeUnit.MILLISECONDS);
      takeWhatIsThere(out, kept);
    }
    long took = nanoTime.getAsLong() - began;
    String text = kept.toString(UTF_8);
    int code = running.exitValue();
    return code == 0
        ? Finding.well("exit code 0", took, values(text))
        : Finding.wrong("exit code " + code + firstLine(text), took, values(text));
  }

  private synchronized Process launch() throws IOException {
    if (closed) {
      throw new IOException("the check is closed");
    }
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return process;
  }

  private static void takeWhatIsThere(InputStream out, ByteArrayOutputStream kept)
      throws IOException {
    for (int there = out.available(); there > 0; there = out.available()) {
      byte[] piece = out.readNBytes(there);
      kept.write(piece, 0, Math.min(piece.length, MOST_OUTPUT - kept.size()));
    }
  }

  private static Map<String, Object> values(String text) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      Matcher value = VALUE.matcher(line);
      if (value.matches() && values.size() < MOST_VALUES) {
        String number = value.group(2);
        values.put(
            value.group(1),
            number.indexOf('.') < 0 ? (Object) Long.valueOf(number) : Double.valueOf(number));
      }
    }
    return values;
  }

  private static String firstLine(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(line.length(), LONGEST_DETAIL));
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
