package org.efferent.data.kit;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.SensorPosition;

/**
 * A channel of the file.
 *
 * @param info name, kind, unit, position
 * @param scale volt or tesla of one step of the converter
 * @param auxiliary whether it is none of MEG, EEG and ECG: triggers, analogue inputs, empty ones
 */
record KitChannel(ChannelInfo info, double scale, boolean auxiliary) {
  private static final int REFERENCE = 0x100;
  private static final int TRIGGER = -1;
  private static final int EEG = -2;
  private static final int ECG = -3;
  private static final int ETC = -4;
  private static final int EMPTY = 0;

  /**
   * Reads a channel.
   *
   * @param seen how many of a label there were before; counted on
   */
  static KitChannel read(KitHeader h, String file, int index, Map<String, Integer> seen) {
    ByteBuffer b = h.channel(index);
    int type = b.getInt(0);
    // System 52 calls its reference channels empty (as MNE's kit reader knows).
    if (h.systemId == 52 && index < 160 && type == EMPTY) {
      type = REFERENCE + 1;
    }
    return type > 0 ? magnetic(h, file, index, b, type) : other(h, file, index, b, type, seen);
  }

  private static KitChannel magnetic(KitHeader h, String file, int index, ByteBuffer b, int type) {
    String reference = (type & REFERENCE) != 0 ? "MEGREF" : "MEG";
    String kind =
        switch (type & ~REFERENCE) {
          case 1 -> reference + "MAG";
          case 2, 4 -> reference + "GRADAXIAL";
          case 3 -> reference + "GRADPLANAR";
          default -> throw unknown(file, index, type);
        };
    // Magnetometers and axial gradiometers may have a name; that of others was never seen.
    String name = type == 1 || type == 2 ? KitHeader.text(b, 60, 6) : "";
    ChannelInfo info =
        new ChannelInfo(
            name.isEmpty() ? String.format(Locale.ROOT, "MEG %03d", index + 1) : name, kind, "T");
    double scale = h.voltPerStep / h.amplifierGain * h.teslaPerVolt[index];
    return new KitChannel(position(b).map(info::at).orElse(info), scale, false);
  }

  /** The file's x points to the front and y to the left. */
  private static Optional<SensorPosition> position(ByteBuffer b) {
    if (b.limit() < 28) {
      return Optional.empty();
    }
    double x = b.getDouble(4);
    double y = b.getDouble(12);
    double z = b.getDouble(20);
    boolean known = Double.isFinite(x + y + z) && (x != 0 || y != 0 || z != 0);
    return known
        ? Optional.of(new SensorPosition(SensorPosition.Frame.DEVICE, -y, x, z))
        : Optional.empty();
  }

  private static KitChannel other(
      KitHeader h, String file, int index, ByteBuffer b, int type, Map<String, Integer> seen) {
    String label =
        switch (type) {
          case TRIGGER -> "TRIGGER";
          case EEG -> "EEG";
          case ECG -> "ECG";
          case ETC, EMPTY -> "MISC";
          default -> throw unknown(file, index, type);
        };
    int number = seen.merge(label, 1, Integer::sum);
    String name = type == EMPTY ? "" : KitHeader.text(b, 12, type == EEG ? 8 : 32);
    if (name.isEmpty() || name.equals("EEG")) {
      name = String.format(Locale.ROOT, "%s %03d", label, number);
    }
    String kind = type == TRIGGER ? "TRIG" : label;
    double scale = h.voltPerStep;
    boolean exg = type == EEG || type == ECG;
    int gainAt = type == EEG ? 26 : 52;
    if (exg && b.limit() >= gainAt + 8) {
      double gain = b.getDouble(gainAt) / h.exgDivisor;
      scale = gain == 0 ? scale : gain;
    }
    return new KitChannel(new ChannelInfo(name, kind, "V"), scale, !exg);
  }

  private static InputException unknown(String file, int index, int type) {
    return new InputException(
        "%s: channel %d: its type is not one of a KIT file; type=%d"
            .formatted(file, index + 1, type));
  }
}
