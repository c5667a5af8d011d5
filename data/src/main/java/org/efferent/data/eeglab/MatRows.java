package org.efferent.data.eeglab;

import java.nio.file.Path;
import org.efferent.data.RegularRecording;
import org.efferent.data.mat.MatArray;
import org.efferent.data.mat.MatFile;

/**
 * An array {@code [channels × points × epochs]} of a MAT-file: column-major, so that all channels
 * of a sample lie together.
 */
final class MatRows implements RegularRecording.Rows {
  private final MatFile file;
  private final MatArray data;
  private final int channels;

  MatRows(MatFile file, MatArray data, int channels) {
    this.file = file;
    this.data = data;
    this.channels = channels;
  }

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public void read(long from, int count, double[] into, int offset) {
    data.read(from * channels, count * channels, into, offset);
  }

  @Override
  public void close() {
    file.close();
  }
}
