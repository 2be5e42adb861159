package io.tocsin.agent.source.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tocsin.bootstrap.config.Secret;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Does a Redis answer PING? Speaks RESP2 (redis.io/docs/latest/develop/reference/protocol-spec).
 */
final class RedisCheck implements Check {

  private final Address address;
  private final @Nullable String user;
  private final @Nullable Secret password;
  private final Duration timeout;
  private final LongSupplier nanoTime;
  private final Wire wire = new Wire();

  RedisCheck(
      Address address,
      @Nullable String user,
      @Nullable Secret password,
      Duration timeout,
      LongSupplier nanoTime) {
    this.address = address;
    this.user = user;
    this.password = password;
    this.timeout = timeout;
    this.nanoTime = nanoTime;
  }

  @Override
  public Finding run() throws IOException {
    long began = nanoTime.getAsLong();
    Socket socket = wire.open(address, timeout);
    InputStream in = new BufferedInputStream(socket.getInputStream());
    OutputStream out = socket.getOutputStream();
    if (password != null) {
      String secret = password.reveal();
      List<String> auth = user == null ? List.of("AUTH", secret) : List.of("AUTH", user, secret);
      String answer = ask(in, out, auth);
      if (!answer.equals("+OK")) {
        return Finding.wrong("AUTH: " + answer, nanoTime.getAsLong() - began, Map.of());
      }
    }
    String answer = ask(in, out, List.of("PING"));
    long took = nanoTime.getAsLong() - began;
    return answer.equals("+PONG")
        ? Finding.well("PONG from " + address, took, Map.of())
        : Finding.wrong("PING: " + answer, took, Map.of());
  }

  private static String ask(InputStream in, OutputStream out, List<String> words)
      throws IOException {
    ByteArrayOutputStream command = new ByteArrayOutputStream();
    command.writeBytes(("*" + words.size() + "\r\n").getBytes(UTF_8));
    for (String word : words) {
      byte[] bytes = word.getBytes(UTF_8);
      command.writeBytes(("$" + bytes.length + "\r\n").getBytes(UTF_8));
      command.writeBytes(bytes);
      command.writeBytes("\r\n".getBytes(UTF_8));
    }
    out.write(command.toByteArray());
    out.flush();
    return Wire.readLine(in);
  }

  @Override
  public void close() {
    wire.close();
  }
}
