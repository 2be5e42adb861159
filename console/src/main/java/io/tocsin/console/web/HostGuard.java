package io.tocsin.console.web;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which names the console answers to. A page of somebody else's can make its own name point at this
 * machine and would then read everything (DNS rebinding); its name in the Host header gives it
 * away. An address in numbers cannot be made to point elsewhere, so all of those are fine.
 */
final class HostGuard {

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");
  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

  private final Set<String> names;

  HostGuard(List<String> names) {
    this.names =
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  boolean answersTo(@Nullable String header) {
    if (header == null) {
      return false;
    }
    String host = PORT.matcher(header.toLowerCase(Locale.ROOT)).replaceFirst("");
    return host.equals("localhost")
        || names.contains(host)
        || IPV4.matcher(host).matches()
        || IPV6.matcher(host).matches();
  }
}
