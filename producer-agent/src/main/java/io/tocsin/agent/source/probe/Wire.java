package io.tocsin.agent.source.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.time.Duration;

/**
 * A connection that another thread can cut. The name is looked up by the thread that opens it: a
 * look-up cannot be cut, so it must not be done where others wait.
 */
final class Wire implements AutoCloseable {

  /** Longer lines are no answer to a probe. */
  private static final int LONGEST_LINE = 4096;

  private final Socket socket = new Socket();

  /** Opens it. The time-out is for each step; the whole is bounded by whoever closes it. */
  Socket open(Address address, Duration timeout) throws IOException {
    InetAddress found = InetAddress.getByName(address.host());
    int millis = Math.toIntExact(timeout.toMillis());
    socket.connect(new InetSocketAddress(found, address.port()), millis);
    socket.setSoTimeout(millis);
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      return; // it is gone either way
    }
  }

  /** The next line without its end. */
  static String readLine(InputStream in) throws IOException {
    byte[] line = new byte[LONGEST_LINE];
    for (int length = 0; length < LONGEST_LINE; length++) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the connection ended before an answer");
      }
      if (next == '\n') {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, 0, end, ISO_8859_1);
      }
      line[length] = (byte) next;
    }
    throw new ProtocolException("a line of the answer is longer than " + LONGEST_LINE + " bytes");
  }
}
