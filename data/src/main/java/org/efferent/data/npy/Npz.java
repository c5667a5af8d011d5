package org.efferent.data.npy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.AtomicFile;
import org.efferent.data.FileBytes;
import org.efferent.data.Tensor;

/**
 * An {@code .npz} archive of arrays, open for reading. Arrays that are stored are read in place and
 * by range; compressed ones are unpacked when they are asked for. One thread at a time uses it; who
 * opened it closes it.
 */
public final class Npz implements AutoCloseable {
  private static final String SUFFIX = ".npy";

  /** Enough for the header of any array of numbers, and for the longest that is read. */
  private static final int HEAD = 1 << 14;

  private static final int MOST_HEADER = (1 << 20) + 64;

  private final FileBytes bytes;
  private final Map<String, ZipIndex.Member> members;

  private Npz(FileBytes bytes, Map<String, ZipIndex.Member> members) {
    this.bytes = bytes;
    this.members = members;
  }

  /**
   * Opens an archive: its directory is read.
   *
   * @param path the file
   * @return the archive
   * @throws InputException if it is missing, no archive, or damaged
   * @throws UnsupportedInputException if a member is encrypted or compressed by another method than
   *     deflate
   */
  public static Npz open(Path path) {
    FileBytes bytes = FileBytes.open(path);
    try {
      Map<String, ZipIndex.Member> members = new LinkedHashMap<>();
      for (ZipIndex.Member member : ZipIndex.of(bytes)) {
        String name = member.name();
        members.put(
            name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name,
            member);
      }
      return new Npz(bytes, members);
    } catch (InputException | UnsupportedInputException e) {
      bytes.close();
      throw e;
    }
  }

  /** Names of the arrays in the order of the archive, without {@code .npy}. */
  public List<String> names() {
    return List.copyOf(members.keySet());
  }

  /**
   * One array.
   *
   * @param name without {@code .npy}
   * @return a view: of the file if the array is stored, else of memory
   * @throws InputException if there is none of that name, or it is damaged
   * @throws UnsupportedInputException if its elements are objects of Python, or it is compressed
   *     and larger than one array holds
   */
  public NpyArray array(String name) {
    ZipIndex.Member member = members.get(Objects.requireNonNull(name, "name"));
    if (member == null) {
      throw new InputException(
          "%s: has no array '%s'; it has %s"
              .formatted(
                  bytes.name(), name, members.isEmpty() ? "none" : String.join(", ", names())));
    }
    String where = bytes.name() + ": " + name;
    byte[] memory = member.deflated() ? inflate(member, where) : null;
    NpyHeader header = NpyHeader.read(where, memory == null ? stored(member) : unpacked(memory));
    if (header.type().kind() == NpyType.Kind.OBJECT) {
      throw new UnsupportedInputException(
          where + ": objects of Python in an archive are not read; save it as .npy");
    }
    if (memory != null) {
      return NpyArray.of(
          where, memory, (int) header.data(), header.type(), header.sizes(), header.fortran());
    }
    long needed = NpyArray.bytes(where, header.type(), header.sizes());
    if (needed > member.size() - header.data()) {
      throw new InputException(
          "%s: an array of %d bytes does not fit its member of %d; it is damaged"
              .formatted(where, needed, member.size()));
    }
    return NpyArray.of(
        bytes, member.at() + header.data(), header.type(), header.sizes(), header.fortran());
  }

  private NpyHeader.Input stored(ZipIndex.Member member) {
    return new NpyHeader.Input() {
      @Override
      public long size() {
        return member.size();
      }

      @Override
      public ByteBuffer read(long at, int count) {
        return bytes.read(member.at() + at, count, "the header", ByteOrder.LITTLE_ENDIAN);
      }
    };
  }

  private static NpyHeader.Input unpacked(byte[] memory) {
    return new NpyHeader.Input() {
      @Override
      public long size() {
        return memory.length;
      }

      @Override
      public ByteBuffer read(long at, int count) {
        return ByteBuffer.wrap(memory, (int) at, count).slice().order(ByteOrder.LITTLE_ENDIAN);
      }
    };
  }

  /**
   * Unpacks a member, of which no more is kept than its header says that the array has: the rest is
   * only summed up.
   */
  private byte[] inflate(ZipIndex.Member member, String where) {
    if (member.size() > Integer.MAX_VALUE - 16) {
      throw new UnsupportedInputException(
          "%s: compressed arrays of up to 2147483631 bytes are read; bytes=%d; save it uncompressed"
              .formatted(where, member.size()));
    }
    CRC32 crc = new CRC32();
    long size = 0;
    byte[] kept = new byte[(int) Math.min(member.size(), HEAD)];
    int have = 0;
    long wanted = kept.length;
    try (Inflation in = new Inflation(bytes, member, where)) {
      byte[] block = new byte[1 << 16];
      for (int n = in.next(block); n > 0 && size <= member.size(); n = in.next(block)) {
        crc.update(block, 0, n);
        size += n;
        int from = 0;
        while (from < n && have < wanted) {
          if (have == kept.length) {
            kept = Arrays.copyOf(kept, (int) Math.min(wanted, 2L * have));
          }
          int more = Math.min(kept.length - have, n - from);
          System.arraycopy(block, from, kept, have, more);
          from += more;
          have += more;
          if (have == wanted && have == Math.min(member.size(), HEAD)) {
            wanted = wanted(member, where, kept);
          }
        }
      }
    }
    if (size != member.size() || crc.getValue() != member.crc()) {
      throw new InputException(
          where + ": the compressed data is not what the archive's directory says; it is damaged");
    }
    return kept;
  }

  /** Bytes of header and array; of what is none of these, as many as are there. */
  private static long wanted(ZipIndex.Member member, String where, byte[] head) {
    try {
      NpyHeader header = NpyHeader.read(where, unpacked(head));
      long all = header.data() + NpyArray.bytes(where, header.type(), header.sizes());
      return Math.max(head.length, Math.min(all, member.size()));
    } catch (InputException | UnsupportedInputException e) {
      // Read again where all of it is there, which says what is wrong.
      return Math.min(member.size(), MOST_HEADER);
    }
  }

  /**
   * Writes an archive as {@code numpy.savez} or {@code numpy.savez_compressed} does. The same
   * arrays give the same bytes.
   *
   * @param path where it goes
   * @param tensors by name
   * @param texts lists of texts by name, written after the tensors
   * @param compress whether members are deflated
   * @param overwrite whether an existing file may be replaced
   * @throws org.efferent.core.UsageException if the file exists and may not be replaced, or cannot
   *     be written
   */
  public static void write(
      Path path,
      Map<String, Tensor> tensors,
      Map<String, List<String>> texts,
      boolean compress,
      boolean overwrite) {
    AtomicFile.write(
        path,
        overwrite,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            member(zip, entry.getKey(), compress, to -> Npy.writeTo(to, entry.getValue()));
          }
          for (Map.Entry<String, List<String>> entry : texts.entrySet()) {
            member(zip, entry.getKey(), compress, to -> Npy.writeTo(to, entry.getValue()));
          }
          zip.finish();
        });
  }

  private static void member(
      ZipOutputStream zip, String name, boolean compress, AtomicFile.Content content)
      throws IOException {
    ZipEntry entry = new ZipEntry(name + SUFFIX);
    // The earliest moment that the format can say: what is equal has equal bytes.
    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    if (!compress) {
      Sum sum = new Sum();
      content.writeTo(sum);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(sum.bytes);
      entry.setCompressedSize(sum.bytes);
      entry.setCrc(sum.crc.getValue());
    }
    zip.putNextEntry(entry);
    content.writeTo(zip);
    zip.closeEntry();
  }

  /** Counts and sums up what would be written. */
  private static final class Sum extends OutputStream {
    private final CRC32 crc = new CRC32();
    private long bytes;

    @Override
    public void write(int b) {
      crc.update(b);
      bytes++;
    }

    @Override
    public void write(byte[] b, int from, int length) {
      crc.update(b, from, length);
      bytes += length;
    }
  }

  @Override
  public void close() {
    bytes.close();
  }
}
