package io.tocsin.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The broker's two server sockets, bound before Kafka is built: a taken port is known before
 * anything is written, a free port is known before the configuration that must name it, and nobody
 * can take it in between.
 */
final class LoopbackListeners implements ServerSocketFactory, AutoCloseable {
  static final String BROKER = "PLAINTEXT";
  static final String CONTROLLER = "CONTROLLER";

  private final ServerSocketChannel broker;
  private final ServerSocketChannel controller;

  private LoopbackListeners(ServerSocketChannel broker, ServerSocketChannel controller) {
    this.broker = broker;
    this.controller = controller;
  }

  /**
   * Binds both.
   *
   * @param brokerPort 0 for any free one; the controller always takes any free one, as only the
   *     broker beside it talks to it
   */
  static LoopbackListeners bind(int brokerPort) {
    ServerSocketChannel broker = bindOne(brokerPort);
    try {
      return new LoopbackListeners(broker, bindOne(0));
    } catch (RuntimeException e) {
      close(broker);
      throw e;
    }
  }

  private static ServerSocketChannel bindOne(int port) {
    try {
      ServerSocketChannel channel = ServerSocketChannel.open();
      try {
        channel.configureBlocking(false);
        channel.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        return channel;
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (BindException e) {
      throw new EmbeddedException(
          "Kafka: port %d of 127.0.0.1 is taken or not allowed (%s). Stop what listens there, or choose another port."
              .formatted(port, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new EmbeddedException(
          "Kafka: cannot listen on 127.0.0.1:%d (%s).".formatted(port, EmbeddedException.reason(e)),
          e);
    }
  }

  String brokerAddress() {
    return "127.0.0.1:" + broker.socket().getLocalPort();
  }

  String controllerAddress() {
    return "127.0.0.1:" + controller.socket().getLocalPort();
  }

  @Override
  public ServerSocketChannel openServerSocket(
      String listenerName, InetSocketAddress address, int backlog, int receiveBufferBytes) {
    return switch (listenerName) {
      case BROKER -> broker;
      case CONTROLLER -> controller;
      default -> throw new EmbeddedException("Kafka: no listener is named " + listenerName);
    };
  }

  /** Frees the ports; after a start Kafka has closed them itself and this does nothing. */
  @Override
  public void close() {
    close(broker);
    close(controller);
  }

  private static void close(ServerSocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The descriptor is gone either way; there is nobody left to tell.
    }
  }
}
