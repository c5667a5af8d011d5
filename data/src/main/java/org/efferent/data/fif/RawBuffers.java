package org.efferent.data.fif;

import java.util.ArrayList;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;

/** Where the rows of a raw recording lie: buffers of the file's parts, and gaps between them. */
final class RawBuffers {
  /** A type of the format that no buffer has: nothing was recorded, the values are 0. */
  static final int GAP = -1;

  private static final double LONGEST_GAP_SECONDS = 86_400;

  /**
   * Rows that lie together.
   *
   * @param input part of the file
   * @param type of the values, or {@link #GAP}
   * @param at byte of the first
   * @param first row, from 0
   * @param rows how many
   */
  record Buffer(FifInput input, int type, long at, long first, long rows) {}

  private final int channels;
  private final double rate;
  private final List<String> warnings;
  private final List<Buffer> buffers = new ArrayList<>();
  private long firstSample;
  private long rows;
  private long gapRows;
  private long pendingBuffers;
  private long pendingSamples;
  private int partial;

  RawBuffers(int channels, double rate, List<String> warnings) {
    this.channels = channels;
    this.rate = rate;
    this.warnings = warnings;
  }

  /** Adds the buffers of a file, or of a further part of it. */
  void add(FifInput in, FifNode raw) {
    boolean started = false;
    boolean firstPart = buffers.isEmpty();
    for (FifTag tag : raw.tags()) {
      switch (tag.kind()) {
        case Fiff.FIRST_SAMPLE -> {
          if (!started && firstPart) {
            firstSample = FifValues.integer(in, tag);
          }
        }
        case Fiff.DATA_SKIP -> pendingBuffers += skip(in, tag);
        case Fiff.DATA_SKIP_SAMP -> pendingSamples += skip(in, tag);
        case Fiff.DATA_BUFFER -> {
          addBuffer(in, tag, started, firstPart);
          started = true;
        }
        default -> {
          // Not samples.
        }
      }
    }
    pendingBuffers = 0;
    pendingSamples = 0;
    if (partial > 0) {
      warnings.add(
          "%d buffers do not end with a whole sample; the rest of each was left out"
              .formatted(partial));
      partial = 0;
    }
  }

  private static int skip(FifInput in, FifTag tag) {
    int skip = FifValues.integer(in, tag);
    if (skip < 0) {
      throw new InputException(
          "%s: tag %d at byte %d: a skip is not negative; skip=%d"
              .formatted(in.name(), tag.kind(), tag.at() - 16, skip));
    }
    return skip;
  }

  private void addBuffer(FifInput in, FifTag tag, boolean started, boolean firstPart) {
    int width =
        switch (tag.type()) {
          case Fiff.T_SHORT, Fiff.T_DAU_PACK16 -> 2;
          case Fiff.T_INT, Fiff.T_FLOAT -> 4;
          case Fiff.T_DOUBLE -> 8;
          default ->
              throw new UnsupportedInputException(
                  "%s: data buffer at byte %d: values are short, int, float or double; type=%d"
                      .formatted(in.name(), tag.at() - 16, tag.type()));
        };
    long rowBytes = (long) width * channels;
    long count = tag.size() / rowBytes;
    if (count * rowBytes != tag.size()) {
      partial++;
    }
    // A skip counts buffers of the length of the one that follows it.
    long skipped = pendingBuffers * count + pendingSamples;
    pendingBuffers = 0;
    pendingSamples = 0;
    if (!started) {
      firstSample += firstPart ? skipped : 0;
    } else if (skipped > 0) {
      gapRows += skipped;
      if (gapRows > LONGEST_GAP_SECONDS * rate) {
        throw new InputException(
            "%s: data buffer at byte %d: skips of more than a day are taken for damage; samples=%d"
                .formatted(in.name(), tag.at() - 16, gapRows));
      }
      buffers.add(new Buffer(in, GAP, 0, rows, skipped));
      rows += skipped;
    }
    if (count > 0) {
      buffers.add(new Buffer(in, tag.type(), tag.at(), rows, count));
      rows += count;
    }
  }

  List<Buffer> all() {
    return buffers;
  }

  /** Index of the buffer that holds a row. */
  int find(long row) {
    int low = 0;
    int high = buffers.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (buffers.get(middle).first() <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  long rows() {
    return rows;
  }

  long firstSample() {
    return firstSample;
  }

  static int width(int type) {
    return FifValues.width(type);
  }
}
