package io.tocsin.bootstrap.systemd;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The receiving end, as systemd has it. */
final class NotifyListener implements AutoCloseable {

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int MSG_DONTWAIT = 0x40;
  private static final MethodHandle SOCKET =
      function("socket", FunctionDescriptor.of(INT, INT, INT, INT));
  private static final MethodHandle BIND =
      function("bind", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT));
  private static final MethodHandle RECV =
      function(
          "recv",
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG, INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, INT));
  private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(INT, INT));

  private final int fd;

  private NotifyListener(int fd) {
    this.fd = fd;
  }

  static NotifyListener at(Path path) throws Throwable {
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    int fd = (int) SOCKET.invokeExact(AF_UNIX, SOCK_DGRAM, 0);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(name.length + 3L);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
      int bound = (int) BIND.invokeExact(fd, address, name.length + 3);
      if (bound != 0) {
        throw new IllegalStateException("cannot listen at " + path);
      }
    }
    return new NotifyListener(fd);
  }

  /** What came since this was last asked. */
  List<String> received() throws Throwable {
    List<String> received = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(4096);
      long length = (long) RECV.invokeExact(fd, buffer, 4096L, MSG_DONTWAIT);
      while (length >= 0) {
        byte[] text = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        received.add(new String(text, StandardCharsets.UTF_8));
        length = (long) RECV.invokeExact(fd, buffer, 4096L, MSG_DONTWAIT);
      }
    }
    return received;
  }

  @Override
  public void close() {
    try {
      var _ = (int) CLOSE.invokeExact(fd);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor);
  }
}
