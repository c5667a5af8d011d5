package org.efferent.data.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A reader to be hunted with damaged files.
 *
 * @param name of the format, as the job's table and command line say it
 * @param limits what a case may cost
 * @param reader opens what it is given, reads all of it, closes it; by range where it is large
 * @param seeds sound recordings, small ones
 */
public record FuzzTarget(String name, Limits limits, Reader reader, List<FuzzSeed> seeds) {
  /** Copies the list. */
  public FuzzTarget {
    seeds = List.copyOf(seeds);
  }

  /** With the common limits. */
  public FuzzTarget(String name, Reader reader, FuzzSeed... seeds) {
    this(name, Limits.DEFAULTS, reader, List.of(seeds));
  }

  /** With other limits; say why where it is called. */
  public FuzzTarget within(Limits other) {
    return new FuzzTarget(name, other, reader, seeds);
  }

  /** Reads a file. */
  @FunctionalInterface
  public interface Reader {
    /** Reads all of it; refuses with an exception of Efferent. */
    void read(Path path) throws IOException;
  }

  /**
   * What a case may cost. Time is the backstop, and generous: a machine under load is no defect.
   *
   * @param freeBytes of the heap, whatever the file is
   * @param bytesPerByte of the heap, for each byte of the file
   * @param cpuSeconds of the reading thread
   * @param wallSeconds for a reader that waits for something
   */
  public record Limits(long freeBytes, long bytesPerByte, double cpuSeconds, double wallSeconds) {
    /** For files of kilobytes. */
    public static final Limits DEFAULTS = new Limits(4L << 20, 250, 20, 600);

    /** With XML: the JDK's parser takes 100 KB a document, however short, and keeps none of it. */
    public static final Limits XML = new Limits(4L << 20, 1000, 20, 600);

    /** With XML, and blocks of up to 250,000 values: 2 MB, once more for what is kept of them. */
    public static final Limits BLOCKS = new Limits(8L << 20, 1000, 20, 600);

    /**
     * For files of gigabytes, which nobody may load: what is allocated may be garbage of walking
     * over them, the heap of the job is a tenth of that.
     */
    public static final Limits HUGE = new Limits(64L << 20, 1, 120, 1200);
  }
}
