package org.efferent.cli;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.StreamInlet;
import org.efferent.core.EventQueue;
import org.efferent.core.Marker;
import org.efferent.core.StreamException;
import org.efferent.core.UnsupportedInputException;

/** Takes the markers of a stream of texts to whoever wants them, on a thread of its own. */
final class MarkerFeed implements AutoCloseable {
  private static final Duration WAIT = Duration.ofMillis(200);

  private final StreamInlet inlet;
  private final Consumer<Marker> to;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile RuntimeException failure;

  private MarkerFeed(StreamInlet inlet, Consumer<Marker> to) {
    this.inlet = inlet;
    this.to = to;
    this.thread = new Thread(this::run, "efferent-markers");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Finds the stream and listens.
   *
   * @param predicate of the stream
   * @param patience how long to search
   * @param lsl the way
   * @param events where they go
   */
  static MarkerFeed open(String predicate, Duration patience, Lsl lsl, EventQueue events)
      throws InterruptedException {
    List<LslStreamInfo> found = lsl.resolve(predicate, 1, patience);
    if (found.isEmpty()) {
      throw new StreamException(
          "no stream of markers matched \"%s\" within %s s; is it running, %s?"
              .formatted(predicate, patience.toNanos() / 1e9, lsl.reach()));
    }
    if (found.get(0).format().isNumeric()) {
      throw new UnsupportedInputException(
          "stream '%s' carries numbers; --markers wants a stream of texts"
              .formatted(found.get(0).name()));
    }
    return of(found.get(0), lsl, events::offer);
  }

  /**
   * Listens to a stream that was found.
   *
   * @param stream of texts
   * @param lsl the way
   * @param to where the markers go, on this feed's thread
   */
  static MarkerFeed of(LslStreamInfo stream, Lsl lsl, Consumer<Marker> to) {
    return new MarkerFeed(lsl.openInlet(lsl.fullInfo(stream), InletOptions.DEFAULTS), to);
  }

  private void run() {
    String[] texts = new String[inlet.info().channelCount()];
    try {
      while (!stopping) {
        double stamp = inlet.pull(texts, WAIT);
        if (!Double.isNaN(stamp)) {
          to.accept(new Marker(stamp, texts[0]));
        } else if (inlet.isEnded()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** What ended it, if it was not {@link #close}. */
  RuntimeException failure() {
    return failure;
  }

  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
    try {
      thread.join(2000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    inlet.close();
  }
}
