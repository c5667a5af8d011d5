package org.efferent.data.ctf;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.SensorPosition;

/**
 * A channel of the header.
 *
 * @param info name, kind, unit, position
 * @param type CTF's type of sensor
 * @param scale tesla or volt of one step
 */
record CtfChannel(ChannelInfo info, int type, double scale) {
  /**
   * Bytes of a channel's words: 48, then 8 coils of the device and 8 of the head, 80 bytes each.
   */
  static final int BYTES = 1328;

  static final int STIMULUS = 11;
  private static final double HALF_ROOT = Math.sqrt(0.5);

  static CtfChannel read(ByteBuffer b, String name, String file) {
    int type = b.getShort(0);
    // Gains of the SQUID or amplifier, of the converter, and of a stage between, which is 1 or
    // unset.
    double between = b.getDouble(24);
    double gain =
        b.getDouble(8) * b.getDouble(16) * (between != 0 && Double.isFinite(between) ? between : 1);
    if (gain == 0 || !Double.isFinite(gain)) {
      throw new InputException(
          "%s: channel %s: its gain must not be 0; gain=%s".formatted(file, name, gain));
    }
    boolean magnetic = type == 0 || type == 1 || type == 5;
    Optional<SensorPosition> place = magnetic ? position(b) : Optional.empty();
    String kind =
        switch (type) {
          case 0 -> "MEGREFMAG";
          case 1 -> offDiagonal(b) ? "MEGREFGRADPLANAR" : "MEGREFGRADAXIAL";
          case 5 -> "MEGGRADAXIAL";
          case 8, 9, 21 -> "EEG";
          case 10, 18 -> "ADC";
          case STIMULUS, 19, 20 -> "TRIG";
          case 12, 17 -> "SYSCLOCK";
          case 13, 28 -> "HLU";
          case 14 -> "DAC";
          default -> "MISC";
        };
    ChannelInfo info = new ChannelInfo(name, kind, magnetic ? "T" : "V");
    return new CtfChannel(place.map(info::at).orElse(info), type, 1 / gain);
  }

  /** The first coil; from the dewar's axes, 45° off, to x right and y front, as MNE turns them. */
  private static Optional<SensorPosition> position(ByteBuffer b) {
    double x = b.getDouble(48) / 100;
    double y = b.getDouble(56) / 100;
    double z = b.getDouble(64) / 100;
    boolean known = Double.isFinite(x + y + z) && x * x + y * y + z * z >= 1e-6;
    return known
        ? Optional.of(
            new SensorPosition(
                SensorPosition.Frame.DEVICE, HALF_ROOT * (x - y), HALF_ROOT * (x + y), z + 0.19))
        : Optional.empty();
  }

  /** Whether the coils' axis is normal to the line that joins the two coils. */
  private static boolean offDiagonal(ByteBuffer b) {
    double dot = 0;
    double length = 0;
    for (int i = 0; i < 3; i++) {
      double between = b.getDouble(48 + 8 * i) - b.getDouble(128 + 8 * i);
      dot += between * b.getDouble(80 + 8 * i);
      length += between * between;
    }
    return length > 0 && Math.abs(dot) < 1e-3 * Math.sqrt(length);
  }
}
