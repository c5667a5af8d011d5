package org.efferent.data.mat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;

/**
 * Variables of a MAT-file of level 5: where they lie, and their bytes, inflated where they are
 * compressed (MAT-File Format, "Data Element" and "miCOMPRESSED").
 */
final class Mat5 implements MatFile.Variables {
  private static final int HEADER = 128;
  private static final int COMPRESSED = 15;
  private static final int MATRIX = 14;

  /** What is inflated to learn name, class and sizes. */
  private static final int PREFIX = 4096;

  /** From this size on a variable that is not compressed stays in the file. */
  private static final int MAPPED = 1 << 20;

  /** Deflate makes at most 1032 bytes of one. */
  private static final long MOST_INFLATED = 1040;

  private final FileBytes file;
  private final ByteOrder order;
  private final Map<String, Place> places = new LinkedHashMap<>();

  /** Where a variable lies: the body of its element, after the tag. */
  private record Place(long at, int bytes, boolean compressed, String what) {}

  Mat5(FileBytes file, ByteOrder order) {
    this.file = file;
    this.order = order;
    long at = HEADER;
    // Trailing bytes that hold no tag are padding of programs that write whole blocks.
    while (at <= file.size() - 8) {
      ByteBuffer tag = file.read(at, 8, "element", order);
      int type = tag.getInt();
      long bytes = Integer.toUnsignedLong(tag.getInt());
      if (type == 0 && bytes == 0) {
        break;
      }
      if (type != MATRIX && type != COMPRESSED) {
        throw new InputException(
            "%s: element at byte %d: type must be 14 or 15; type=%d".formatted(name(), at, type));
      }
      if (bytes > file.size() - at - 8) {
        throw new InputException(
            "%s: element at byte %d: %d bytes go beyond the end of the file at %d; it is truncated or damaged"
                .formatted(name(), at, bytes, file.size()));
      }
      if (bytes > Integer.MAX_VALUE - 16) {
        throw new UnsupportedInputException(
            "%s: element at byte %d: a variable of %d bytes is more than is read at once; save it with -v7.3"
                .formatted(name(), at, bytes));
      }
      index(new Place(at + 8, (int) bytes, type == COMPRESSED, ""));
      // Only elements that are not compressed are padded to eight bytes.
      at += 8 + (type == COMPRESSED ? bytes : (bytes + 7) / 8 * 8);
    }
  }

  private String name() {
    return file.name();
  }

  private void index(Place place) {
    ByteBuffer head = place.compressed() ? inflate(place, PREFIX) : part(place);
    if (head.remaining() == 0) {
      return;
    }
    Mat5Parser parser = new Mat5Parser(name(), "element at byte " + (place.at() - 8));
    Mat5Head variable = parser.head(head);
    // The subsystem's data, where objects keep theirs, is a variable without a name.
    if (!variable.name().isEmpty()) {
      places.put(
          variable.name(),
          new Place(place.at(), place.bytes(), place.compressed(), variable.describe()));
    }
  }

  private ByteBuffer part(Place place) {
    int bytes = Math.min(PREFIX, place.bytes());
    return file.read(place.at(), bytes, "variable", order);
  }

  /** The body of a compressed variable, after the tag inside, at most so many bytes of it. */
  private ByteBuffer inflate(Place place, int most) {
    byte[] packed = file.read(place.at(), packedBytes(place, most), "variable", order).array();
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      byte[] tag = new byte[8];
      if (fill(inflater, tag, 8) < 8) {
        throw new InputException(
            "%s: element at byte %d: the compressed variable ends within its tag; it is damaged"
                .formatted(name(), place.at() - 8));
      }
      ByteBuffer in = ByteBuffer.wrap(tag).order(order);
      int type = in.getInt();
      long bytes = Integer.toUnsignedLong(in.getInt());
      if (type != MATRIX || bytes > MOST_INFLATED * place.bytes() + 1024) {
        throw new InputException(
            "%s: element at byte %d: a compressed variable must be of type 14 and not larger than it can be inflated to; type=%d, bytes=%d of %d"
                .formatted(name(), place.at() - 8, type, bytes, place.bytes()));
      }
      if (bytes > Integer.MAX_VALUE - 16) {
        throw new UnsupportedInputException(
            "%s: element at byte %d: a variable of %d bytes is more than is read at once; save it with -v7.3"
                .formatted(name(), place.at() - 8, bytes));
      }
      return body(inflater, place, (int) Math.min(most, bytes));
    } catch (DataFormatException e) {
      throw new InputException(
          "%s: element at byte %d: the compressed variable cannot be inflated; it is damaged"
              .formatted(name(), place.at() - 8),
          e);
    } finally {
      inflater.end();
    }
  }

  private static int packedBytes(Place place, int most) {
    return most == Integer.MAX_VALUE ? place.bytes() : Math.min(place.bytes(), 2 * most);
  }

  /** Grows as bytes come: a size that lies costs nothing. */
  private ByteBuffer body(Inflater inflater, Place place, int bytes) throws DataFormatException {
    byte[] out = new byte[Math.min(bytes, Math.max(PREFIX, 4 * place.bytes()))];
    int have = fill(inflater, out, out.length);
    while (have == out.length && have < bytes) {
      out = Arrays.copyOf(out, (int) Math.min(bytes, 2L * out.length));
      have += fill(inflater, out, have, out.length);
    }
    if (have < bytes && bytes != PREFIX) {
      throw new InputException(
          "%s: element at byte %d: inflates to %d bytes, not to the %d it says; it is damaged"
              .formatted(name(), place.at() - 8, have, bytes));
    }
    return ByteBuffer.wrap(out, 0, have).slice().order(order);
  }

  private static int fill(Inflater inflater, byte[] into, int to) throws DataFormatException {
    return fill(inflater, into, 0, to);
  }

  private static int fill(Inflater inflater, byte[] into, int from, int to)
      throws DataFormatException {
    int have = from;
    while (have < to) {
      int n = inflater.inflate(into, have, to - have);
      if (n == 0) {
        break;
      }
      have += n;
    }
    return have - from;
  }

  @Override
  public List<String> names() {
    return List.copyOf(places.keySet());
  }

  @Override
  public MatValue get(String variable) {
    Place place = places.get(variable);
    ByteBuffer body =
        place.compressed()
            ? inflate(place, Integer.MAX_VALUE)
            : place.bytes() < MAPPED
                ? file.read(place.at(), place.bytes(), "variable", order)
                : file.map(place.at(), place.bytes(), "variable", order);
    return new Mat5Parser(name(), "variable '" + variable + "'").value(body);
  }

  @Override
  public String describe(String variable) {
    return places.get(variable).what();
  }

  @Override
  public void close() {
    file.close();
  }
}
