package io.tocsin.bootstrap.systemd;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * A Unix datagram socket's sending end, which Java's channels lack: {@code socket(2)}, {@code
 * sendto(2)} and {@code close(2)} of Linux's C library.
 */
final class NotifySocket {

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int PATH_AT = 2;
  private static final int LONGEST_PATH = 107;

  private final MethodHandle socket;
  private final MethodHandle sendTo;
  private final MethodHandle close;
  private final byte[] address;

  private NotifySocket(byte[] address) {
    this.address = address;
    this.socket = function("socket", FunctionDescriptor.of(INT, INT, INT, INT));
    this.sendTo =
        function(
            "sendto",
            FunctionDescriptor.of(
                LONG, INT, ValueLayout.ADDRESS, LONG, INT, ValueLayout.ADDRESS, INT));
    this.close = function("close", FunctionDescriptor.of(INT, INT));
  }

  /**
   * A socket to a path, or to an abstract name, which begins with an at sign.
   *
   * @throws IOException when no address can be that long
   */
  static NotifySocket to(String name) throws IOException {
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    if (path.length == 0 || path.length > LONGEST_PATH) {
      throw new IOException("no socket can have this address: " + name);
    }
    if (path[0] == '@') {
      path[0] = 0;
    }
    return new NotifySocket(path);
  }

  /** Sends one datagram. */
  void send(String message) throws IOException {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    try (Arena arena = Arena.ofConfined()) {
      boolean named = address[0] != 0;
      MemorySegment to = arena.allocate(PATH_AT + address.length + 1L);
      to.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(address, 0, to, ValueLayout.JAVA_BYTE, PATH_AT, address.length);
      int length = PATH_AT + address.length + (named ? 1 : 0);
      MemorySegment body = arena.allocateFrom(ValueLayout.JAVA_BYTE, text);
      int fd = (int) socket.invokeExact(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
      if (fd < 0) {
        throw new IOException("no socket to be had");
      }
      try {
        long sent =
            (long) sendTo.invokeExact(fd, body, (long) text.length, MSG_NOSIGNAL, to, length);
        if (sent != text.length) {
          throw new IOException("the datagram was not taken");
        }
      } finally {
        var _ = (int) close.invokeExact(fd);
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("a call of the C library failed", e); // invokeExact declares all
    }
  }

  @SuppressWarnings("restricted") // native access is granted on the command line
  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    MemorySegment address =
        linker
            .defaultLookup()
            .find(name)
            .orElseThrow(() -> new UnsupportedOperationException("no " + name + " on this system"));
    return linker.downcallHandle(address, descriptor);
  }
}
