package org.efferent.acquisition;

import java.time.Duration;
import java.util.List;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.JavaLsl;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.lsl.LslSearch;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.StreamInlet;
import org.efferent.core.Chunk;
import org.efferent.core.Source;
import org.efferent.core.StreamException;
import org.efferent.core.StreamInfo;
import org.efferent.core.UnsupportedInputException;

/** A live LSL stream of numbers, of any numeric format, as doubles. */
public final class LslSource implements Source {
  private final StreamInlet inlet;
  private final StreamInfo info;
  private final int candidates;

  private LslSource(StreamInlet inlet, StreamInfo info, int candidates) {
    this.inlet = inlet;
    this.info = info;
    this.candidates = candidates;
  }

  /**
   * Finds a stream and connects to it. Of several that match the youngest is taken.
   *
   * @param predicate XPath on the stream description, such as {@code type='EEG'}; see {@link
   *     LslResolver#property}
   * @param timeout how long to search
   * @param config where
   * @param options how to receive
   * @return the connected source
   * @throws StreamException if there is none, with what stood in the way of the search, or it
   *     cannot be reached
   * @throws UnsupportedInputException if it carries strings
   * @throws InterruptedException if the thread is asked to stop
   */
  public static LslSource open(
      String predicate, Duration timeout, LslConfig config, InletOptions options)
      throws InterruptedException {
    return open(predicate, timeout, new JavaLsl(config), options);
  }

  /**
   * Finds a stream and connects to it, whichever way LSL is spoken. Of several that match the
   * youngest is taken.
   *
   * @param predicate XPath on the stream description
   * @param timeout how long to search
   * @param lsl the way
   * @param options how to receive
   * @return the connected source
   * @throws StreamException if there is none, with what stood in the way of the search, or it
   *     cannot be reached
   * @throws UnsupportedInputException if it carries strings
   * @throws InterruptedException if the thread is asked to stop
   */
  public static LslSource open(String predicate, Duration timeout, Lsl lsl, InletOptions options)
      throws InterruptedException {
    LslSearch search = lsl.search(predicate, 1, timeout);
    List<LslStreamInfo> found = search.streams();
    if (found.isEmpty()) {
      String obstacles = search.obstacles();
      throw new StreamException(
          "no stream matched \"%s\" within %s s; is it running, %s?%s"
              .formatted(
                  predicate,
                  timeout.toNanos() / 1e9,
                  lsl.reach(),
                  obstacles.isEmpty() ? "" : " What stood in the way: " + obstacles));
    }
    return connect(found.get(0), found.size(), lsl, options);
  }

  /**
   * Finds a stream by its name and connects to it.
   *
   * @param name name of the stream
   * @param timeout how long to search
   * @param config where
   * @return the connected source
   * @throws StreamException if there is none or it cannot be reached
   * @throws UnsupportedInputException if it carries strings
   * @throws InterruptedException if the thread is asked to stop
   */
  public static LslSource open(String name, Duration timeout, LslConfig config)
      throws InterruptedException {
    return open(LslResolver.property("name", name), timeout, config, InletOptions.DEFAULTS);
  }

  private static LslSource connect(
      LslStreamInfo stream, int candidates, Lsl lsl, InletOptions options) {
    if (!stream.format().isNumeric()) {
      throw new UnsupportedInputException(
          "stream '" + stream.name() + "' carries strings; a source reads numbers");
    }
    LslStreamInfo full = lsl.fullInfo(stream);
    // Only who has sent its test samples has as many channels as it says.
    StreamInlet inlet = lsl.openInlet(full, options);
    try {
      return new LslSource(inlet, full.toStreamInfo(), candidates);
    } catch (RuntimeException e) {
      inlet.close();
      throw e;
    }
  }

  @Override
  public StreamInfo info() {
    return info;
  }

  /** How many streams matched when this one was chosen. */
  public int candidates() {
    return candidates;
  }

  /** The inlet below, for its time correction and its counters. */
  public StreamInlet inlet() {
    return inlet;
  }

  /**
   * As {@link Source#read}; the arrival is when the network thread got the last row, by {@link
   * System#nanoTime()}.
   */
  @Override
  public int read(Chunk chunk, Duration timeout) throws InterruptedException {
    return inlet.pull(chunk, timeout);
  }

  /** Rows that the buffer of the inlet dropped. */
  @Override
  public long lost() {
    return inlet.dropped();
  }

  @Override
  public void close() {
    inlet.close();
  }
}
