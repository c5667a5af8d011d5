package org.efferent.core;

/**
 * Cuts a stream into sliding windows. No window spans a loss in the ring: what was begun before it
 * is dropped, and the next window says how many rows are missing.
 */
final class Windower implements Cutter {
  private final Window window;
  private final int step;
  private int filled;
  private int skip;
  private long lost;

  Windower(int rows, int step, int channels) {
    this.window = new Window(rows, channels);
    this.step = step;
  }

  @Override
  public void feed(Chunk chunk, Target target) {
    if (chunk.lostBefore() > 0) {
      lost += chunk.lostBefore();
      filled = 0;
      skip = 0;
    }
    int channels = chunk.channels();
    int rows = window.rows();
    for (int r = 0; r < chunk.rows(); r++) {
      if (skip > 0) {
        skip--;
        continue;
      }
      System.arraycopy(chunk.values(), r * channels, window.values(), filled * channels, channels);
      window.stamps()[filled++] = chunk.stamps()[r];
      if (filled == rows) {
        window.position(chunk.firstIndex() + r - rows + 1, lost, chunk.arrivals()[r]);
        target.accept(window);
        lost = 0;
        int kept = Math.max(0, rows - step);
        skip = step - (rows - kept);
        System.arraycopy(
            window.values(), (rows - kept) * channels, window.values(), 0, kept * channels);
        System.arraycopy(window.stamps(), rows - kept, window.stamps(), 0, kept);
        filled = kept;
      }
    }
  }
}
