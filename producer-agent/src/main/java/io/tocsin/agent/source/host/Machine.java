package io.tocsin.agent.source.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tocsin.agent.pattern.BoundedPattern;
import io.tocsin.agent.pattern.GaveUpException;
import io.tocsin.agent.source.host.ProcessSample.Identity;
import io.tocsin.agent.source.host.Sample.Cpu;
import io.tocsin.agent.source.host.Sample.Disk;
import io.tocsin.agent.source.host.Sample.Space;
import io.tocsin.agent.source.host.Sample.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.NetworkIF;
import oshi.software.os.OSFileStore;
import oshi.software.os.OSProcess;

/**
 * Asks the machine, through OSHI. A part that cannot be asked here (no sensor, a container without
 * rights, no native library) is empty and told of once. For one thread.
 */
final class Machine {

  private static final Logger LOG = LoggerFactory.getLogger(Machine.class);

  /** Images of a fixed content, always full. */
  private static final Set<String> FIXED = Set.of("squashfs", "iso9660", "erofs", "cramfs", "udf");

  /** What lies on other disks, so that its traffic would count twice. */
  private static final Pattern STACKED_DISK = Pattern.compile("(/dev/)?(dm-|md|loop|zram|ram).*");

  /** What leads to other interfaces of this machine, so that its traffic would count twice. */
  private static final Pattern INNER_NETWORK = Pattern.compile("(lo|veth|docker|br-|virbr|cni).*");

  private static final double HOTTEST = 150;

  private final LongSupplier nanoTime;
  private final SystemInfo system = new SystemInfo();
  private final Set<String> told = new HashSet<>();

  Machine(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  Sample sample() {
    return new Sample(
        nanoTime.getAsLong(),
        part("cpu", this::cpu, null),
        part("memory", this::memory, null),
        part("swap", this::swap, null),
        part("load", this::load, List.of()),
        part("disks", this::disks, List.of()),
        part("network", this::network, Map.of()),
        part("disk I/O", this::diskIo, Map.of()),
        part("temperature", this::celsius, null));
  }

  /** The processes whose command lines fit, by their identities. */
  Map<Identity, ProcessSample> processes(Pattern command) {
    return part("processes", () -> find(command), Map.of());
  }

  private Cpu cpu() {
    CentralProcessor processor = system.getHardware().getProcessor();
    long[] ticks = processor.getSystemCpuLoadTicks();
    long all = 0;
    for (long each : ticks) {
      all += each;
    }
    long idle = ticks[TickType.IDLE.getIndex()] + ticks[TickType.IOWAIT.getIndex()];
    return new Cpu(all - idle, all);
  }

  private List<Double> load() {
    CentralProcessor processor = system.getHardware().getProcessor();
    return Arrays.stream(processor.getSystemLoadAverage(3)).boxed().toList();
  }

  private Space memory() {
    GlobalMemory memory = system.getHardware().getMemory();
    return new Space(memory.getTotal() - memory.getAvailable(), memory.getTotal());
  }

  private Space swap() {
    var swap = system.getHardware().getMemory().getVirtualMemory();
    return new Space(swap.getSwapUsed(), swap.getSwapTotal());
  }

  private List<Disk> disks() {
    List<Disk> disks = new ArrayList<>();
    for (OSFileStore store : system.getOperatingSystem().getFileSystem().getFileStores(true)) {
      long used = store.getTotalSpace() - store.getFreeSpace();
      long free = store.getUsableSpace();
      if (used >= 0 && used + free > 0 && !FIXED.contains(store.getType())) {
        disks.add(new Disk(store.getMount(), used, free));
      }
    }
    return disks;
  }

  private Map<String, Traffic> network() {
    Map<String, Traffic> all = new HashMap<>();
    for (NetworkIF each : system.getHardware().getNetworkIFs()) {
      if (!INNER_NETWORK.matcher(each.getName()).matches()) {
        all.put(each.getName(), new Traffic(each.getBytesRecv(), each.getBytesSent()));
      }
    }
    return all;
  }

  private Map<String, Traffic> diskIo() {
    Map<String, Traffic> all = new HashMap<>();
    for (HWDiskStore each : system.getHardware().getDiskStores()) {
      if (!STACKED_DISK.matcher(each.getName()).matches()) {
        all.put(each.getName(), new Traffic(each.getReadBytes(), each.getWriteBytes()));
      }
    }
    return all;
  }

  /** OSHI says 0 or no number where there is no sensor. */
  private @Nullable Double celsius() {
    double celsius = system.getHardware().getSensors().getCpuTemperature();
    return celsius > 0 && celsius < HOTTEST ? celsius : null;
  }

  /** OSHI would read seven files of every process to look at its command line; here it is one. */
  private Map<Identity, ProcessSample> find(Pattern command) {
    Map<Identity, ProcessSample> found = new LinkedHashMap<>();
    BoundedPattern bounded = new BoundedPattern(command);
    ProcessHandle.allProcesses()
        .filter(process -> isIn(commandLine(process), bounded))
        .map(process -> system.getOperatingSystem().getProcess(Math.toIntExact(process.pid())))
        .filter(Objects::nonNull) // it ended meanwhile
        .forEach(process -> found.put(identity(process), sample(process)));
    return found;
  }

  private static boolean isIn(String commandLine, BoundedPattern command) {
    try {
      return command.isIn(commandLine);
    } catch (GaveUpException e) {
      return false; // anybody may start a process with such a line; the others are still found
    }
  }

  private static Identity identity(OSProcess process) {
    return new Identity(process.getProcessID(), process.getStartTime());
  }

  private static ProcessSample sample(OSProcess process) {
    return new ProcessSample(
        process.getKernelTime() + process.getUserTime(),
        process.getResidentMemory(),
        process.getThreadCount());
  }

  /** The JDK knows no line longer than a page, and programs on a JVM have such. */
  private static String commandLine(ProcessHandle process) {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
      return new String(line, UTF_8).replace('\0', ' '); // which parts the arguments
    } catch (IOException e) {
      return process.info().commandLine().orElse(""); // no Linux, or it ended meanwhile
    }
  }

  private <T extends @Nullable Object> T part(String name, Supplier<T> reader, T otherwise) {
    try {
      return reader.get();
    } catch (RuntimeException | LinkageError e) {
      // Whatever a machine does not give, by exception or by a missing library, the rest counts.
      if (told.add(name)) {
        LOG.atWarn()
            .addKeyValue("part", name)
            .setCause(e)
            .log("A part of the machine cannot be measured and is left out");
      }
      return otherwise;
    }
  }
}
