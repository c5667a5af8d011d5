package org.efferent.data.fuzz;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.efferent.core.EfferentException;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.fuzz.FuzzResult.Defect;

/**
 * Reads the cases of a format on a thread of its own while the caller's watches. A reader may
 * accept a file, or refuse it with {@link InputException} or {@link UnsupportedInputException};
 * defects are another exception or error, more memory than the file justifies, files left open or
 * behind, and not coming back.
 */
public final class FuzzRun {
  private static final int LONGEST_MESSAGE = 5000;

  private final FuzzTarget target;
  private final CaseFiles files;
  private final CaseMeter meter;
  private final int mostDefects;
  private final Map<String, Defect> defects = new LinkedHashMap<>();
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile Running running;
  private volatile Throwable broken;
  private volatile boolean abandoned;
  private long accepted;
  private long refused;
  private double slowestMillis;
  private long slowest = -1;
  private long mostBytes;
  private double factor;

  /** A case that is being read since a moment. */
  private record Running(
      Thread reader,
      long number,
      boolean huge,
      FuzzTarget.Limits limits,
      long cpuNanos,
      long nanos) {}

  /**
   * A run.
   *
   * @param target the reader and its seeds
   * @param folder where files are made
   * @param temporaries the folder of temporary files if it is this process's own, else null
   * @param mostDefects of different kinds after which the run ends
   */
  public FuzzRun(FuzzTarget target, Path folder, File temporaries, int mostDefects) {
    this.target = target;
    this.files = new CaseFiles(target, folder);
    this.meter = new CaseMeter(temporaries);
    this.mostDefects = mostDefects;
  }

  /**
   * Reads the seeds, then damaged files, then huge ones. Used once.
   *
   * @param first number of the first case
   * @param cases damaged files
   * @param huge files of gigabytes
   * @return what came of it
   */
  public FuzzResult run(long first, long cases, long huge) throws IOException {
    long start = System.nanoTime();
    // A pool of one, so that parallel streams of a reader stay on its thread and are measured; its
    // thread does not keep the process, should a reader not come back.
    ForkJoinPool pool = new ForkJoinPool(1);
    pool.execute(() -> work(first, cases, huge));
    watch();
    pool.shutdown();
    if (broken instanceof IOException e) {
      throw e;
    }
    if (broken != null) {
      throw new IllegalStateException(target.name() + ": the seeds are not sound", broken);
    }
    List<Defect> found;
    synchronized (defects) {
      found = new ArrayList<>(defects.values());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new FuzzResult(
        target.name(),
        cases,
        huge,
        accepted,
        refused,
        seconds,
        slowestMillis,
        slowest,
        mostBytes,
        factor,
        found);
  }

  /** Waits for the end, and for a case that takes too long. */
  private void watch() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try {
      while (!done.await(50, TimeUnit.MILLISECONDS)) {
        Running now = running;
        if (now == null) {
          continue;
        }
        Thread reader = now.reader();
        long cpu = threads.getThreadCpuTime(reader.getId()) - now.cpuNanos();
        long nanos = System.nanoTime() - now.nanos();
        boolean late =
            cpu > now.limits().cpuSeconds() * 1e9 || nanos > now.limits().wallSeconds() * 1e9;
        if (late && now.equals(running)) {
          Throwable where = new Throwable("it is here");
          where.setStackTrace(reader.getStackTrace());
          add(
              now.number(),
              now.huge(),
              "does not come back: %.0f s, %.0f s of them on the processor"
                  .formatted(nanos / 1e9, cpu / 1e9),
              where);
          // Should it come back after all, it leaves the folder to whoever uses it now.
          abandoned = true;
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while it watched", e);
    }
  }

  private void work(long first, long cases, long huge) {
    try {
      for (FuzzSeed seed : target.seeds()) {
        target.reader().read(files.sound(seed).opened());
      }
      for (long i = first; i < first + cases && goesOn(); i++) {
        read(i, false, files.damaged(i));
      }
      for (long i = first; i < first + huge && goesOn(); i++) {
        read(i, true, files.huge(i));
      }
      if (!abandoned) {
        files.clear();
      }
    } catch (IOException | RuntimeException | Error e) {
      broken = e;
    } finally {
      running = null;
      done.countDown();
    }
  }

  private boolean goesOn() {
    return !abandoned && defects.size() < mostDefects;
  }

  private void read(long number, boolean huge, CaseFiles.Case what) {
    FuzzTarget.Limits limits = huge ? FuzzTarget.Limits.HUGE : target.limits();
    meter.start();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    running =
        new Running(
            Thread.currentThread(),
            number,
            huge,
            limits,
            threads.getCurrentThreadCpuTime(),
            System.nanoTime());
    try {
      target.reader().read(what.opened());
      accepted++;
    } catch (InputException | UnsupportedInputException e) {
      refused++;
      checkMessage(number, huge, e);
    } catch (IOException | RuntimeException | Error e) {
      refused++;
      add(number, huge, "broke the reader: " + e.getClass().getSimpleName(), e);
    }
    meter.stop();
    running = null;
    check(number, huge, what, limits);
  }

  private void checkMessage(long number, boolean huge, EfferentException e) {
    if (e.getMessage() == null || e.getMessage().isBlank()) {
      add(number, huge, "was refused without a word", e);
    } else if (e.getMessage().length() > LONGEST_MESSAGE) {
      add(number, huge, "was refused with " + e.getMessage().length() + " characters", e);
    }
  }

  private void check(long number, boolean huge, CaseFiles.Case what, FuzzTarget.Limits limits) {
    long heap = meter.heapBytes();
    if (heap > limits.freeBytes() + limits.bytesPerByte() * what.bytes()) {
      add(
          number,
          huge,
          "made the reader allocate %d bytes for %d".formatted(heap, what.bytes()),
          null);
    }
    long direct = meter.directTooMuch(what.bytes(), huge);
    if (direct > 0) {
      add(number, huge, "left %d bytes of direct buffers behind".formatted(direct), null);
    }
    long mapped = meter.mappedTooMuch(what.bytes());
    if (mapped > 0) {
      add(number, huge, "made maps of %d bytes for %d".formatted(mapped, what.bytes()), null);
    }
    Set<String> left = meter.leftBehind();
    if (!left.isEmpty()) {
      add(number, huge, "left temporary files behind: " + left, null);
    }
    if (meter.moreOpen() && leaks(what)) {
      add(number, huge, "left files open", null);
    }
    if (!huge) {
      double millis = meter.cpuNanos() / 1e6;
      if (millis > slowestMillis) {
        slowestMillis = millis;
        slowest = number;
      }
      mostBytes = Math.max(mostBytes, heap);
      factor = Math.max(factor, (heap - (1 << 20)) / (double) Math.max(1, what.bytes()));
    }
  }

  /** A class that is loaded opens a file once, a leak opens one each time. */
  private boolean leaks(CaseFiles.Case what) {
    int rises = 0;
    for (int i = 0; i < 3; i++) {
      long before = meter.open();
      try {
        target.reader().read(what.opened());
      } catch (IOException | RuntimeException | Error e) {
        // It was judged when it was read first.
      }
      rises += meter.open() > before ? 1 : 0;
    }
    return rises == 3;
  }

  private void add(long number, boolean huge, String what, Throwable cause) {
    String message =
        "%s %d of %s %s; repeat with .ci/fuzz --first %d --cases %d --huge %d %s"
            .formatted(
                huge ? "huge case" : "case",
                number,
                target.name(),
                what,
                number,
                huge ? 0 : 1,
                huge ? 1 : 0,
                target.name());
    synchronized (defects) {
      defects.putIfAbsent(key(what, cause), new Defect(number, huge, message, cause));
    }
  }

  /** Defects with one cause are one defect. */
  private static String key(String what, Throwable cause) {
    StringBuilder key = new StringBuilder(what.replaceAll("[^a-z ]", ""));
    if (cause != null) {
      key.setLength(Math.min(key.length(), 20));
      key.append(cause.getClass().getName());
      int frames = 0;
      for (StackTraceElement frame : cause.getStackTrace()) {
        if (!frame.getClassName().startsWith("java.") && frames++ < 2) {
          key.append(' ').append(frame);
        }
      }
    }
    return key.toString();
  }
}
