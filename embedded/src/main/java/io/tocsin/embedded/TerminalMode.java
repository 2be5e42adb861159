package io.tocsin.embedded;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The terminal mode of a descriptor, through the C library. */
final class TerminalMode {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final AddressLayout POINTER = ValueLayout.ADDRESS;

  /** At least {@code sizeof(struct termios)} on every Unix (Linux 60, macOS 72). */
  private static final long TERMIOS_BYTES = 256;

  private static final MethodHandle TCGETATTR =
      function("tcgetattr", FunctionDescriptor.of(INT, INT, POINTER));
  private static final MethodHandle TCSETATTR =
      function("tcsetattr", FunctionDescriptor.of(INT, INT, INT, POINTER));
  private static final MethodHandle CFMAKERAW =
      function("cfmakeraw", FunctionDescriptor.ofVoid(POINTER));

  private TerminalMode() {}

  @SuppressWarnings("restricted") // every JVM of ours runs with --enable-native-access
  private static MethodHandle function(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
  }

  /** No echo, no line editing, no CR/LF mapping, eight bits a byte. */
  static boolean makeRaw(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment termios = arena.allocate(TERMIOS_BYTES, 8);
      if ((int) TCGETATTR.invokeExact(descriptor, termios) != 0) {
        return false;
      }
      CFMAKERAW.invokeExact(termios);
      return (int) TCSETATTR.invokeExact(descriptor, 0, termios) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
