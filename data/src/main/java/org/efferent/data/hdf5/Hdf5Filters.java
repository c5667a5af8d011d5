package org.efferent.data.hdf5;

import io.jhdf.filter.BitShuffleFilter;
import io.jhdf.filter.ByteShuffleFilter;
import io.jhdf.filter.Filter;
import io.jhdf.filter.Lz4Filter;
import io.jhdf.filter.LzfFilter;
import io.jhdf.filter.PipelineFilterWithData;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;

/**
 * Undoes the filters of a chunk, and makes of it no more than a chunk has: jHDF inflates whatever
 * comes, and believes the sizes that compressed data claim. Numbers of filters are those of the <a
 * href="https://support.hdfgroup.org/services/filters.html">registry</a>.
 */
final class Hdf5Filters {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER32 = 3;
  private static final int LZF = 32_000;
  private static final int LZ4 = 32_004;
  private static final int BITSHUFFLE = 32_008;

  private final List<PipelineFilterWithData> filters;
  private final String where;
  private final int chunkBytes;
  private final int most;

  /**
   * Filters.
   *
   * @param filters in the order in which they were applied
   * @param where how errors begin
   * @param chunkBytes bytes of a chunk
   */
  Hdf5Filters(List<PipelineFilterWithData> filters, String where, int chunkBytes) {
    this.filters = filters;
    this.where = where;
    this.chunkBytes = chunkBytes;
    // Filters that do not compress may add a checksum or a frame.
    this.most = (int) Math.min(Integer.MAX_VALUE - 16, chunkBytes + chunkBytes / 16 + 1024L);
  }

  int chunkBytes() {
    return chunkBytes;
  }

  boolean isEmpty() {
    return filters.isEmpty();
  }

  /**
   * The content of a chunk.
   *
   * @param stored its bytes in the file
   * @return at least the bytes of a chunk
   * @throws InputException if they are fewer, or more come than a chunk has
   */
  byte[] undo(ByteBuffer stored) {
    byte[] bytes = new byte[stored.remaining()];
    stored.get(bytes);
    for (int i = filters.size() - 1; i >= 0; i--) {
      bytes = undo(filters.get(i).getId(), filters.get(i).getFilterData(), bytes);
    }
    if (bytes.length < chunkBytes) {
      throw damaged("a chunk must have %d bytes; bytes=%d".formatted(chunkBytes, bytes.length));
    }
    return bytes;
  }

  private byte[] undo(int id, int[] data, byte[] bytes) {
    return switch (id) {
      case DEFLATE -> inflate(bytes);
      case FLETCHER32 -> Arrays.copyOf(bytes, Math.max(0, bytes.length - 4));
      case SHUFFLE -> new ByteShuffleFilter().decode(bytes, data);
      case LZF -> claimed(new LzfFilter(), bytes, data, data[2], 0);
      case LZ4 -> framed(new Lz4Filter(), bytes, data);
      case BITSHUFFLE ->
          data.length > 4 && data[4] == BitShuffleFilter.LZ4_COMPRESSION
              ? framed(new BitShuffleFilter(), bytes, data)
              : new BitShuffleFilter().decode(bytes, data);
      default ->
          throw new UnsupportedInputException(
              "%s: filter %d is not read; write it without, for example with gzip alone"
                  .formatted(where, id));
    };
  }

  /** The size of all and that of a block are said in the first twelve bytes, big-endian. */
  private byte[] framed(Filter filter, byte[] bytes, int[] data) {
    ByteBuffer head = ByteBuffer.wrap(bytes);
    return claimed(filter, bytes, data, head.getLong(), head.getInt());
  }

  private byte[] claimed(Filter filter, byte[] bytes, int[] data, long all, long block) {
    if (all < 0 || all > most || block < 0 || block > most) {
      throw damaged(
          "a chunk of %d bytes cannot unpack to %d in blocks of %d"
              .formatted(chunkBytes, all, block));
    }
    return filter.decode(bytes, data);
  }

  private byte[] inflate(byte[] bytes) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes);
      // A size that lies costs nothing: it grows as bytes come.
      byte[] out = new byte[(int) Math.min(chunkBytes, 4L * bytes.length + 64)];
      int have = 0;
      while (!inflater.finished()) {
        if (have == out.length) {
          if (have == most) {
            throw damaged("a chunk of %d bytes inflates to more".formatted(chunkBytes));
          }
          int next = have < chunkBytes ? chunkBytes : most;
          out = Arrays.copyOf(out, (int) Math.min(next, 2L * have));
        }
        int n = inflater.inflate(out, have, out.length - have);
        if (n == 0 && !inflater.finished()) {
          throw damaged("the compressed data of a chunk ends after %d bytes".formatted(have));
        }
        have += n;
      }
      return have == out.length ? out : Arrays.copyOf(out, have);
    } catch (DataFormatException e) {
      throw new InputException(
          "%s: the compressed data of a chunk is damaged: %s".formatted(where, e.getMessage()), e);
    } finally {
      inflater.end();
    }
  }

  private InputException damaged(String rule) {
    return new InputException("%s: %s; it is damaged".formatted(where, rule));
  }
}
