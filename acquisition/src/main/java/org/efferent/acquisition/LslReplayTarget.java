package org.efferent.acquisition;

import java.time.Duration;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.JavaLsl;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.StreamOutlet;
import org.efferent.core.Recording;
import org.efferent.core.StreamException;
import org.efferent.core.StreamInfo;

/**
 * Publishes a replay: its rows as a stream of doubles, and, where the recording has markers, those
 * as a string stream named {@code <name>-markers}.
 */
public final class LslReplayTarget implements ReplayTarget, AutoCloseable {
  private final StreamOutlet samples;
  private final StreamOutlet markers;
  private final Duration patience;
  private final String[] label = new String[1];

  /**
   * Publishes both streams; from now on they can be found.
   *
   * @param recording what will be played
   * @param config where
   * @param awaitConsumer how long the replay waits for somebody who listens before it starts; zero
   *     to start at once
   * @throws StreamException if the ports cannot be had
   */
  public LslReplayTarget(Recording recording, LslConfig config, Duration awaitConsumer) {
    this(recording, new JavaLsl(config), awaitConsumer);
  }

  /**
   * Publishes both streams, whichever way LSL is spoken; from now on they can be found.
   *
   * @param recording what will be played
   * @param lsl the way
   * @param awaitConsumer how long the replay waits for somebody who listens before it starts; zero
   *     to start at once
   * @throws StreamException if the ports cannot be had
   */
  public LslReplayTarget(Recording recording, Lsl lsl, Duration awaitConsumer) {
    StreamInfo info = recording.info();
    patience = awaitConsumer;
    samples = lsl.openOutlet(LslStreamInfo.of(info, ChannelFormat.DOUBLE64));
    StreamOutlet beside = null;
    try {
      if (!recording.markers().isEmpty()) {
        String source = info.sourceId().isEmpty() ? "" : info.sourceId() + "-markers";
        beside = lsl.openOutlet(LslStreamInfo.markers(info.name() + "-markers", source));
      }
    } catch (StreamException e) {
      samples.close();
      throw e;
    }
    markers = beside;
  }

  /** The outlet of the rows. */
  public StreamOutlet samples() {
    return samples;
  }

  @Override
  public void begin() throws InterruptedException {
    if (!patience.isZero() && !samples.awaitConsumers(patience)) {
      throw new StreamException(
          "nobody listens to stream '%s' within %s s; nothing was played"
              .formatted(samples.info().name(), patience.toNanos() / 1e9));
    }
  }

  @Override
  public void row(double stamp, double[] values, int offset) {
    samples.pushAt(values, offset, stamp);
  }

  @Override
  public void marker(double stamp, String text) {
    if (markers != null) {
      label[0] = text;
      markers.pushAt(label, stamp);
    }
  }

  @Override
  public void end() {
    close();
  }

  /** Ends both streams; consumers still get what was played. */
  @Override
  public void close() {
    samples.close();
    if (markers != null) {
      markers.close();
    }
  }
}
