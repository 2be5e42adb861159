package io.tocsin.agent.source.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A server that answers each line it hears: enough of a Redis, or of what is no web server. */
final class Peer implements AutoCloseable {

  /** What is said to a line: nothing when empty; the connection ends when null. */
  interface Answers {
    @Nullable String to(String line);
  }

  final List<String> heard = new CopyOnWriteArrayList<>();
  private final ServerSocket server;
  private final Answers answers;

  Peer(Answers answers) throws IOException {
    this.answers = answers;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("test-peer").start(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        talk(socket);
      } catch (IOException e) {
        // The other side hung up, or the test is over.
      }
    }
  }

  private void talk(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      heard.add(line);
      String answer = answers.to(line);
      if (answer == null) {
        return;
      }
      socket.getOutputStream().write(answer.getBytes(US_ASCII));
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
