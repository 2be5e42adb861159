package io.tocsin.agent.source.file;

import io.tocsin.bootstrap.config.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** An address at which nobody answers until it is opened; then it leads to the broker. */
final class LateBroker implements AutoCloseable {

  private final KafkaSettings behind;
  private final int port;
  private ServerSocket socket;

  LateBroker(KafkaSettings behind) throws IOException {
    this.behind = behind;
    try (ServerSocket free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
  }

  KafkaSettings settings() {
    return KafkaSettings.of("127.0.0.1:" + port);
  }

  void open() throws IOException {
    socket = new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    String[] address = behind.bootstrapServers().split(":", -1);
    try {
      while (true) {
        Socket client = socket.accept();
        Socket broker = new Socket(address[0], Integer.parseInt(address[1]));
        Thread.ofVirtual().start(() -> carry(client, broker));
        Thread.ofVirtual().start(() -> carry(broker, client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private static void carry(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one of them is gone
    }
  }

  @Override
  public void close() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
