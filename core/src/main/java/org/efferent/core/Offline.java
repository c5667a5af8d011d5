package org.efferent.core;

import java.util.ArrayList;
import java.util.List;

/**
 * The offline driver: one thread, nothing lost, the same result every time. Every figure that is
 * reported comes from here.
 */
public final class Offline {
  private static final int CHUNK_ROWS = 64;

  private Offline() {}

  /**
   * Runs a recording through a pipeline.
   *
   * @param recording the samples
   * @param pipeline what to do with them; reset first
   * @param sink who listens
   * @param <E> kind of estimate
   * @return number of windows decoded
   */
  public static <E extends Estimate> long run(
      Recording recording, Pipeline<E> pipeline, Sink<E> sink) {
    pipeline.transforms().forEach(Transform::reset);
    pipeline.decoder().reset();
    int channels = recording.channels();
    Chunk chunk = new Chunk(CHUNK_ROWS, channels);
    Cutter cutter = Cutter.of(pipeline, channels);
    if (pipeline.events() != null) {
      recording.markers().forEach(pipeline.events()::offer);
    }
    long[] windows = {0};
    for (long from = 0; from < recording.rows(); from += CHUNK_ROWS) {
      int rows = (int) Math.min(CHUNK_ROWS, recording.rows() - from);
      recording.read(from, rows, chunk.values(), 0);
      recording.readStamps(from, rows, chunk.stamps(), 0);
      chunk.position(from, 0, rows);
      for (Transform transform : pipeline.transforms()) {
        transform.apply(chunk);
      }
      cutter.feed(
          chunk,
          window -> {
            E estimate = pipeline.decoder().decode(window);
            sink.accept(Decoded.of(estimate, window, 0, 0));
            windows[0]++;
          });
    }
    return windows[0];
  }

  /**
   * Runs a recording through a pipeline and keeps every estimate.
   *
   * @param recording the samples
   * @param pipeline what to do with them; reset first
   * @param <E> kind of estimate
   * @return the estimates in order
   */
  public static <E extends Estimate> List<E> run(Recording recording, Pipeline<E> pipeline) {
    List<E> estimates = new ArrayList<>();
    Offline.<E>run(recording, pipeline, decoded -> estimates.add(decoded.estimate()));
    return estimates;
  }
}
