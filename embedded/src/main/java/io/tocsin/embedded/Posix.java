package io.tocsin.embedded;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Locale;

/**
 * The few calls of the C library that a pseudo terminal needs: POSIX.1, plus {@code cfmakeraw} and
 * {@code ptsname_r}, which Linux and macOS share. A call that fails throws with its name and errno;
 * one that was interrupted is made again.
 */
final class Posix {
  static final short POLLIN = 1;
  static final short POLLOUT = 4;

  /** What {@link #read} and {@link #write} answer when they would have to wait. */
  static final int NOT_NOW = -1;

  private static final boolean MAC =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
  private static final int O_RDWR = 2;
  private static final int O_NOCTTY = MAC ? 0x20000 : 0x100;
  private static final int O_NONBLOCK = MAC ? 0x4 : 0x800;
  private static final int F_SETFL = 4;
  private static final int EINTR = 4;
  private static final int EAGAIN = MAC ? 35 : 11;

  /** At least {@code sizeof(struct termios)}: 60 on Linux, 72 on macOS. */
  private static final long TERMIOS_BYTES = 256;

  private static final long NAME_BYTES = 256;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final AddressLayout POINTER = ValueLayout.ADDRESS;

  /** Of the variadic calls here ({@code open}, {@code fcntl}) the third argument is the first. */
  private static final Linker.Option VARIADIC = Linker.Option.firstVariadicArg(2);

  private static final StructLayout POLLFD = MemoryLayout.structLayout(INT, SHORT, SHORT);
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle POSIX_OPENPT =
      function("posix_openpt", FunctionDescriptor.of(INT, INT));
  private static final MethodHandle GRANTPT = function("grantpt", FunctionDescriptor.of(INT, INT));
  private static final MethodHandle UNLOCKPT =
      function("unlockpt", FunctionDescriptor.of(INT, INT));
  private static final MethodHandle PTSNAME_R =
      function("ptsname_r", FunctionDescriptor.of(INT, INT, POINTER, LONG));
  private static final MethodHandle OPEN =
      function("open", FunctionDescriptor.of(INT, POINTER, INT), VARIADIC);
  private static final MethodHandle FCNTL =
      function("fcntl", FunctionDescriptor.of(INT, INT, INT, INT), VARIADIC);
  private static final MethodHandle TCGETATTR =
      function("tcgetattr", FunctionDescriptor.of(INT, INT, POINTER));
  private static final MethodHandle TCSETATTR =
      function("tcsetattr", FunctionDescriptor.of(INT, INT, INT, POINTER));
  private static final MethodHandle CFMAKERAW =
      function("cfmakeraw", FunctionDescriptor.ofVoid(POINTER));
  private static final MethodHandle POLL =
      function("poll", FunctionDescriptor.of(INT, POINTER, LONG, INT));
  private static final MethodHandle READ =
      function("read", FunctionDescriptor.of(LONG, INT, POINTER, LONG));
  private static final MethodHandle WRITE =
      function("write", FunctionDescriptor.of(LONG, INT, POINTER, LONG));
  private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(INT, INT));

  private Posix() {}

  /** Opens the near end of a new terminal, unlocked and non-blocking. */
  static int openMaster() throws IOException {
    int master = call("posix_openpt", s -> (int) POSIX_OPENPT.invokeExact(s, O_RDWR | O_NOCTTY));
    try {
      call("grantpt", s -> (int) GRANTPT.invokeExact(s, master));
      call("unlockpt", s -> (int) UNLOCKPT.invokeExact(s, master));
      call("fcntl", s -> (int) FCNTL.invokeExact(s, master, F_SETFL, O_RDWR | O_NONBLOCK));
      return master;
    } catch (IOException e) {
      close(master);
      throw e;
    }
  }

  /** The path of the far end. */
  static String slaveName(int master) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(NAME_BYTES);
      call("ptsname_r", s -> (int) PTSNAME_R.invokeExact(s, master, name, NAME_BYTES));
      return name.getString(0);
    }
  }

  /**
   * Opens the far end in raw mode: no echo, no line editing, no CR/LF mapping, eight bits a byte.
   * Without {@code O_NOCTTY} it would become the controlling terminal of a JVM that leads its
   * session (a service, a container), and closing it would kill that JVM with SIGHUP.
   */
  static int openRaw(String name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom(name);
      int slave = call("open", s -> (int) OPEN.invokeExact(s, path, O_RDWR | O_NOCTTY));
      MemorySegment termios = arena.allocate(TERMIOS_BYTES, Long.BYTES);
      try {
        call("tcgetattr", s -> (int) TCGETATTR.invokeExact(s, slave, termios));
        call("cfmakeraw", s -> makeRaw(s, termios));
        call("tcsetattr", s -> (int) TCSETATTR.invokeExact(s, slave, 0, termios));
        return slave;
      } catch (IOException e) {
        close(slave);
        throw e;
      }
    }
  }

  private static int makeRaw(MemorySegment state, MemorySegment termios) throws Throwable {
    CFMAKERAW.invokeExact(state, termios);
    return 0;
  }

  /** Waits until the descriptor is ready for one of the events, or the time is over. */
  static void poll(int descriptor, short events, int milliseconds) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pollfd = arena.allocate(POLLFD);
      pollfd.set(INT, 0, descriptor);
      pollfd.set(SHORT, Integer.BYTES, events);
      call("poll", s -> (int) POLL.invokeExact(s, pollfd, 1L, milliseconds));
    }
  }

  /** Reads at most {@code length} bytes; {@link #NOT_NOW} when there are none. */
  static int read(int descriptor, byte[] bytes, int offset, int length) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(length);
      int count =
          call("read", s -> (int) (long) READ.invokeExact(s, descriptor, buffer, (long) length));
      if (count > 0) {
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, offset, count);
      }
      return count;
    }
  }

  /** Writes at most {@code length} bytes; {@link #NOT_NOW} when there is no room. */
  static int write(int descriptor, byte[] bytes, int offset, int length) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(length);
      MemorySegment.copy(bytes, offset, buffer, ValueLayout.JAVA_BYTE, 0, length);
      return call(
          "write", s -> (int) (long) WRITE.invokeExact(s, descriptor, buffer, (long) length));
    }
  }

  static void close(int descriptor) throws IOException {
    call("close", s -> (int) CLOSE.invokeExact(s, descriptor));
  }

  private interface Call {
    int make(MemorySegment state) throws Throwable;
  }

  private static int call(String name, Call call) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      while (true) {
        int result = call.make(state);
        if (result >= 0) {
          return result;
        }
        int errno = (int) ERRNO.get(state, 0L);
        if (errno == EAGAIN) {
          return NOT_NOW;
        }
        if (errno != EINTR) {
          throw new IOException("%s failed with errno %d".formatted(name, errno));
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(name, e);
    }
  }

  @SuppressWarnings("restricted") // every JVM of ours runs with --enable-native-access
  private static MethodHandle function(
      String name, FunctionDescriptor type, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    Linker.Option[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = Linker.Option.captureCallState("errno");
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, all);
  }
}
