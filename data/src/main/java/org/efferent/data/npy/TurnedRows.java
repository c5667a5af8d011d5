package org.efferent.data.npy;

import java.nio.file.Path;
import org.efferent.data.RegularRecording;

/** Rows of an array {@code [channels × rows]}. */
final class TurnedRows implements RegularRecording.Rows {
  private final Path path;
  private final NpyArray rows;
  private final Runnable onClose;

  TurnedRows(Path path, NpyArray array, Runnable onClose) {
    this.path = path;
    this.rows = array.transposed(1, 0);
    this.onClose = onClose;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public void read(long from, int count, double[] into, int offset) {
    rows.read(new long[] {from, 0}, new int[] {count, (int) rows.size(1)}, into, offset);
  }

  @Override
  public void close() {
    onClose.run();
  }
}
