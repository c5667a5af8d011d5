package org.efferent.data.fuzz;

import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.File;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a case costs its thread and the process: heap, direct buffers, maps, open files, temporary
 * files. Bytes and counts do not depend on how busy the machine is.
 */
final class CaseMeter {
  private static final long FREE_DIRECT = 4L << 20;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final BufferPoolMXBean direct;
  private final BufferPoolMXBean mapped;
  private final File temporaries;
  private long heapBefore;
  private long cpuBefore;
  private long directBefore;
  private long mappedBefore;
  private long openBefore;
  private Set<String> namesBefore;
  private long heap;
  private long cpu;

  /**
   * A meter.
   *
   * @param temporaries the folder of temporary files if it is this process's own, else null
   */
  CaseMeter(File temporaries) {
    this.temporaries = temporaries;
    List<BufferPoolMXBean> pools =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().toList();
    direct = pools.stream().filter(p -> p.getName().equals("direct")).findFirst().orElseThrow();
    mapped = pools.stream().filter(p -> p.getName().equals("mapped")).findFirst().orElseThrow();
    namesBefore = names();
  }

  /** Of the thread that calls. */
  void start() {
    directBefore = direct.getMemoryUsed();
    mappedBefore = mapped.getMemoryUsed();
    openBefore = open();
    cpuBefore = threads.getCurrentThreadCpuTime();
    heapBefore = threads.getCurrentThreadAllocatedBytes();
  }

  /** Of the thread that calls. */
  void stop() {
    heap = threads.getCurrentThreadAllocatedBytes() - heapBefore;
    cpu = threads.getCurrentThreadCpuTime() - cpuBefore;
  }

  long heapBytes() {
    return heap;
  }

  long cpuNanos() {
    return cpu;
  }

  /** Bytes of direct buffers that were not there before, beyond what the file justifies. */
  long directTooMuch(long fileBytes, boolean huge) {
    long grown = direct.getMemoryUsed() - directBefore;
    return grown > FREE_DIRECT + (huge ? 60L << 20 : 4 * fileBytes) ? grown : 0;
  }

  /** Bytes of maps that were not there before, beyond what the file justifies. */
  long mappedTooMuch(long fileBytes) {
    long grown = mapped.getMemoryUsed() - mappedBefore;
    return grown > FREE_DIRECT + 4 * fileBytes ? grown : 0;
  }

  /** Whether more files are open than before; a class that was loaded may have opened one. */
  boolean moreOpen() {
    return open() > openBefore;
  }

  long open() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  /** Temporary files that were left behind; they are deleted. */
  Set<String> leftBehind() {
    if (temporaries == null) {
      return Set.of();
    }
    Set<String> names = names();
    names.removeAll(namesBefore);
    for (String name : names) {
      if (!new File(temporaries, name).delete()) {
        namesBefore.add(name);
      }
    }
    return names;
  }

  private Set<String> names() {
    String[] names = temporaries == null ? null : temporaries.list();
    return names == null ? new TreeSet<>() : new TreeSet<>(Arrays.asList(names));
  }
}
