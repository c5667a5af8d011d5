package org.efferent.data.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;

/**
 * Where the members of a ZIP archive lie: its central directory (PKWARE APPNOTE 6.3.10, sections
 * 4.3.7 to 4.3.16; 4.5.3 for sizes of 64 bits). The JDK's reader does not tell where a member that
 * is only stored begins, and such a member is read in place.
 */
final class ZipIndex {
  private static final int END = 0x06054B50;
  private static final int END64 = 0x06064B50;
  private static final int LOCATOR64 = 0x07064B50;
  private static final int CENTRAL = 0x02014B50;
  private static final int LOCAL = 0x04034B50;
  private static final long U32 = 0xFFFFFFFFL;
  private static final int END_BYTES = 22;
  private static final int CENTRAL_BYTES = 46;
  private static final int LOCAL_BYTES = 30;

  private final FileBytes file;

  /** One member; {@code at} is where its data begins, {@code packed} how much there is of it. */
  record Member(String name, boolean deflated, long at, long packed, long size, long crc) {}

  private ZipIndex(FileBytes file) {
    this.file = file;
  }

  static List<Member> of(FileBytes file) {
    return new ZipIndex(file).members();
  }

  private ByteBuffer read(long at, int bytes) {
    return file.read(at, bytes, "the archive's directory", ByteOrder.LITTLE_ENDIAN);
  }

  private InputException bad(String rule) {
    return new InputException(file.name() + ": " + rule + "; the file is truncated or damaged");
  }

  private List<Member> members() {
    if (file.size() < END_BYTES || read(0, 2).getShort(0) != 0x4B50) {
      throw new InputException(file.name() + ": byte 0: an NPZ archive begins with 50 4b ('PK')");
    }
    int tail = (int) Math.min(file.size(), END_BYTES + 65_535);
    long base = file.size() - tail;
    ByteBuffer in = read(base, tail);
    int at = tail - END_BYTES;
    while (at >= 0 && in.getInt(at) != END) {
      at--;
    }
    if (at < 0) {
      throw bad("the archive has no end-of-directory record");
    }
    long count = in.getShort(at + 10) & 0xFFFF;
    long size = in.getInt(at + 12) & U32;
    long start = in.getInt(at + 16) & U32;
    long locator = base + at - 20;
    if (locator >= 0 && (count == 0xFFFF || size == U32 || start == U32)) {
      ByteBuffer place = read(locator, 20);
      if (place.getInt(0) == LOCATOR64) {
        ByteBuffer end = read(place.getLong(8), 56);
        if (end.getInt(0) != END64) {
          throw bad("the archive's 64-bit end-of-directory record is not where it should be");
        }
        count = end.getLong(32);
        size = end.getLong(40);
        start = end.getLong(48);
      }
    }
    if (start < 0 || size < 0 || size > file.size() - start || size > Integer.MAX_VALUE - 16) {
      throw bad("the archive's directory reaches beyond the end of the file");
    }
    return members(read(start, (int) size), count);
  }

  private List<Member> members(ByteBuffer in, long count) {
    List<Member> members = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      if (in.remaining() < CENTRAL_BYTES || in.getInt(in.position()) != CENTRAL) {
        throw bad("entry " + (i + 1) + " of the archive's directory is not where it should be");
      }
      members.add(member(in));
    }
    return members;
  }

  private Member member(ByteBuffer in) {
    int at = in.position();
    int flags = in.getShort(at + 8) & 0xFFFF;
    int method = in.getShort(at + 10) & 0xFFFF;
    int nameBytes = in.getShort(at + 28) & 0xFFFF;
    int extra = in.getShort(at + 30) & 0xFFFF;
    int comment = in.getShort(at + 32) & 0xFFFF;
    if (in.remaining() < CENTRAL_BYTES + nameBytes + extra + comment) {
      throw bad("an entry of the archive's directory reaches beyond its end");
    }
    byte[] bytes = new byte[nameBytes];
    in.get(at + CENTRAL_BYTES, bytes);
    String name = new String(bytes, StandardCharsets.UTF_8);
    if ((flags & 1) != 0) {
      throw new UnsupportedInputException(file.name() + ": member '" + name + "' is encrypted");
    }
    if (method != 0 && method != 8) {
      throw new UnsupportedInputException(
          "%s: member '%s': stored and deflated members are read; method=%d"
              .formatted(file.name(), name, method));
    }
    long size = in.getInt(at + 24) & U32;
    long packed = in.getInt(at + 20) & U32;
    long local = in.getInt(at + 42) & U32;
    int field = at + CENTRAL_BYTES + nameBytes;
    int end = field + extra;
    while (field + 4 <= end) {
      int length = in.getShort(field + 2) & 0xFFFF;
      if (in.getShort(field) == 1) {
        // Only what did not fit 32 bits is here, in this order.
        int next = field + 4;
        int stop = Math.min(end, next + length);
        if (size == U32 && next + 8 <= stop) {
          size = in.getLong(next);
          next += 8;
        }
        if (packed == U32 && next + 8 <= stop) {
          packed = in.getLong(next);
          next += 8;
        }
        if (local == U32 && next + 8 <= stop) {
          local = in.getLong(next);
        }
      }
      field += 4 + length;
    }
    long crc = in.getInt(at + 16) & U32;
    in.position(end + comment);
    return place(name, method == 8, local, packed, size, crc);
  }

  private Member place(
      String name, boolean deflated, long local, long packed, long size, long crc) {
    ByteBuffer head = read(local, LOCAL_BYTES);
    if (head.getInt(0) != LOCAL) {
      throw bad("member '" + name + "' is not where the archive's directory says");
    }
    // The name and the extra field may differ from those of the directory.
    long at = local + LOCAL_BYTES + (head.getShort(26) & 0xFFFF) + (head.getShort(28) & 0xFFFF);
    if (packed < 0 || size < 0 || at > file.size() - packed || (!deflated && packed != size)) {
      throw bad("member '" + name + "' reaches beyond the end of the file");
    }
    return new Member(name, deflated, at, packed, size, crc);
  }
}
