package io.tocsin.indexer.cluster;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Speaks HTTP as badly as it is told to: one behaviour for each request that comes. */
final class OddServer implements AutoCloseable {

  /** What is done with a request whose head has been read. */
  interface Behaviour {
    void to(Request request, Socket connection) throws IOException;
  }

  private final ServerSocket listener;
  private final Queue<Behaviour> behaviours = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  OddServer() {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  void next(Behaviour behaviour) {
    behaviours.add(behaviour);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** The body that was read as a whole. */
  byte[] lastBody() throws InterruptedException {
    return bodies.poll(10, TimeUnit.SECONDS);
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listener.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException e) {
      // closed: the test is over
    }
  }

  private void serve(Socket connection) {
    try {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      while (!connection.isClosed()) {
        Request request = new Request(in, contentLength(in));
        behaviours.remove().to(request, connection);
        if (request.left > 0) {
          // What follows is no request's head; the connection stays open and is not read.
          return;
        }
      }
    } catch (IOException e) {
      // the client has gone
    }
  }

  private static int contentLength(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int one = in.read();
      if (one < 0) {
        throw new IOException("no further request");
      }
      head.append((char) one);
    }
    return head.toString()
        .toLowerCase(Locale.ROOT)
        .lines()
        .filter(line -> line.startsWith("content-length:"))
        .mapToInt(line -> Integer.parseInt(line.substring("content-length:".length()).strip()))
        .findFirst()
        .orElse(0);
  }

  /** A request's body, as far as it is wanted. */
  final class Request {
    private final InputStream in;
    private int left;

    private Request(InputStream in, int length) {
      this.in = in;
      this.left = length;
    }

    byte[] read(int length) throws IOException {
      byte[] part = in.readNBytes(length);
      left -= part.length;
      return part;
    }

    void readAll() throws IOException {
      bodies.add(read(left));
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
