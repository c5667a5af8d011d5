package org.efferent.data.fif;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes FIF files for tests, sound ones and others. */
final class FifWriter {
  private final ByteOrder order;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<int[]> directory = new ArrayList<>();

  FifWriter() {
    this(ByteOrder.BIG_ENDIAN);
  }

  FifWriter(ByteOrder order) {
    this.order = order;
    tag(Fiff.FILE_ID, Fiff.T_ID_STRUCT, id(7));
    ints(Fiff.DIR_POINTER, -1);
  }

  ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(order);
  }

  static byte[] bytes(ByteBuffer b) {
    byte[] all = new byte[b.capacity()];
    b.rewind().get(all);
    return all;
  }

  byte[] id(int seconds) {
    return bytes(buffer(20).putInt(65_539).putInt(0).putInt(0).putInt(seconds).putInt(0));
  }

  FifWriter tag(int kind, int type, byte[] data) {
    return tag(kind, type, data, 0);
  }

  FifWriter tag(int kind, int type, byte[] data, int next) {
    directory.add(new int[] {kind, type, data.length, out.size()});
    out.writeBytes(bytes(buffer(16).putInt(kind).putInt(type).putInt(data.length).putInt(next)));
    out.writeBytes(data);
    return this;
  }

  FifWriter begin(int block) {
    return ints(Fiff.BLOCK_START, block);
  }

  FifWriter end(int block) {
    return ints(Fiff.BLOCK_END, block);
  }

  FifWriter ints(int kind, int... values) {
    ByteBuffer b = buffer(4 * values.length);
    for (int v : values) {
      b.putInt(v);
    }
    return tag(kind, Fiff.T_INT, bytes(b));
  }

  FifWriter floats(int kind, double... values) {
    return tag(kind, Fiff.T_FLOAT, floatBytes(values));
  }

  byte[] floatBytes(double... values) {
    ByteBuffer b = buffer(4 * values.length);
    for (double v : values) {
      b.putFloat((float) v);
    }
    return bytes(b);
  }

  FifWriter doubles(int kind, double... values) {
    ByteBuffer b = buffer(8 * values.length);
    for (double v : values) {
      b.putDouble(v);
    }
    return tag(kind, Fiff.T_DOUBLE, bytes(b));
  }

  FifWriter shorts(int kind, int type, int... values) {
    ByteBuffer b = buffer(2 * values.length);
    for (int v : values) {
      b.putShort((short) v);
    }
    return tag(kind, type, bytes(b));
  }

  FifWriter text(int kind, String text) {
    return tag(kind, Fiff.T_STRING, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A dense matrix; dimensions slowest first. */
  FifWriter matrix(int kind, int[] shape, double... values) {
    ByteBuffer b = buffer(4 * values.length + 4 * shape.length + 4);
    for (double v : values) {
      b.putFloat((float) v);
    }
    for (int i = shape.length - 1; i >= 0; i--) {
      b.putInt(shape[i]);
    }
    b.putInt(shape.length);
    return tag(kind, Fiff.DENSE | Fiff.T_FLOAT, bytes(b));
  }

  FifWriter channel(
      int number, int kind, int coil, double range, double cal, int unit, String name) {
    ByteBuffer b = buffer(96);
    b.putInt(number).putInt(number).putInt(kind);
    b.putFloat((float) range).putFloat((float) cal).putInt(coil);
    for (int i = 0; i < 12; i++) {
      b.putFloat(i < 3 ? 0.25f * (number + i) : 0);
    }
    b.putInt(unit).putInt(0);
    b.put(name.getBytes(StandardCharsets.UTF_8));
    return tag(Fiff.CH_INFO, 30, bytes(b));
  }

  FifWriter transform(int from, int to) {
    ByteBuffer b = buffer(104).putInt(from).putInt(to);
    for (int i = 0; i < 9; i++) {
      b.putFloat(i % 4 == 0 ? 1 : 0);
    }
    b.putFloat(0.5f).putFloat(0.25f).putFloat(0.125f);
    return tag(Fiff.COORD_TRANS, 35, bytes(b));
  }

  /** The measurement of three channels at 100 Hz: MEG, EEG and STI 014. The block stays open. */
  FifWriter info() {
    begin(Fiff.B_MEAS);
    tag(Fiff.BLOCK_ID, Fiff.T_ID_STRUCT, id(9));
    begin(Fiff.B_MEAS_INFO);
    floats(Fiff.SFREQ, 100).ints(Fiff.NCHAN, 3);
    floats(Fiff.LOWPASS, 40).floats(Fiff.HIGHPASS, 0.5);
    ints(Fiff.MEAS_DATE, 1_000_000_000, 500_000);
    text(Fiff.EXPERIMENTER, "E. X.").text(Fiff.COMMENT, "two\u00e9");
    channel(1, 1, 3024, 2, 0.5, 112, "MEG 0111");
    channel(2, 2, 1, 1, 0.25, 107, "EEG 001");
    channel(3, 3, 0, 1, 1, 107, "STI 014");
    begin(Fiff.B_SUBJECT).text(Fiff.SUBJ_HIS_ID, "S7").text(Fiff.SUBJ_FIRST_NAME, "Ada");
    text(Fiff.SUBJ_LAST_NAME, "L").ints(Fiff.SUBJ_SEX, 2);
    tag(Fiff.SUBJ_BIRTH_DAY, Fiff.T_JULIAN, bytes(buffer(4).putInt(2_440_588)));
    end(Fiff.B_SUBJECT);
    begin(Fiff.B_MNE_BAD_CHANNELS).text(Fiff.MNE_CH_NAME_LIST, "EEG 001");
    end(Fiff.B_MNE_BAD_CHANNELS);
    begin(Fiff.B_ISOTRAK);
    tag(Fiff.DIG_POINT, 33, join(bytes(buffer(8).putInt(1).putInt(2)), floatBytes(0, 0.1, 0)));
    end(Fiff.B_ISOTRAK).transform(1, 4);
    begin(Fiff.B_PROJ).projector().end(Fiff.B_PROJ);
    return end(Fiff.B_MEAS_INFO);
  }

  FifWriter projector() {
    begin(Fiff.B_PROJ_ITEM).text(Fiff.NAME, "avg").ints(Fiff.PROJ_ITEM_KIND, 10);
    ints(Fiff.PROJ_ITEM_NVEC, 1).text(Fiff.PROJ_ITEM_CH_NAME_LIST, "EEG 001:MEG 0111");
    matrix(Fiff.PROJ_ITEM_VECTORS, new int[] {1, 2}, 0.6, 0.8);
    return end(Fiff.B_PROJ_ITEM);
  }

  FifWriter annotations(int originSeconds, double onset, double end, String text) {
    begin(Fiff.B_MNE_ANNOTATIONS).floats(Fiff.MNE_BASELINE_MIN, onset);
    floats(Fiff.MNE_BASELINE_MAX, end).text(Fiff.COMMENT, text);
    ints(Fiff.MEAS_DATE, originSeconds, 500_000);
    return end(Fiff.B_MNE_ANNOTATIONS);
  }

  FifWriter reference(String name, int number) {
    begin(Fiff.B_REF).ints(Fiff.REF_ROLE, Fiff.ROLE_NEXT_FILE);
    if (!name.isEmpty()) {
      text(Fiff.REF_FILE_NAME, name);
    }
    return ints(Fiff.REF_FILE_NUM, number).end(Fiff.B_REF);
  }

  /** The file without a directory. */
  byte[] bytes() {
    return out.toByteArray();
  }

  int size() {
    return out.size();
  }

  /** The file with a directory at its end. */
  byte[] withDirectory() {
    int at = out.size();
    ByteBuffer entries = buffer(16 * (directory.size() + 1));
    for (int[] entry : directory) {
      for (int v : entry) {
        entries.putInt(v);
      }
    }
    entries.putInt(-1).putInt(-1).putInt(-1).putInt(-1);
    tag(Fiff.DIR, Fiff.T_DIR_ENTRY_STRUCT, bytes(entries), -1);
    byte[] all = out.toByteArray();
    ByteBuffer.wrap(all).order(order).putInt(52, at);
    return all;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
