package org.efferent.data.fif;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.efferent.core.ChannelInfo;
import org.efferent.core.SensorPosition;
import org.efferent.core.SensorPosition.Frame;

/**
 * A channel as the file defines it.
 *
 * @param name its name, the long one where there is one
 * @param kind FIFF's kind: 1 MEG, 2 EEG, 3 stimulus, 301 reference MEG, …
 * @param coilType FIFF's type of coil, with the grade of CTF's compensation in the upper 16 bits
 * @param range factor of stored values, first
 * @param cal factor of stored values, second
 * @param unit FIFF's unit: 107 volt, 112 tesla, 201 tesla per metre, …
 * @param unitMultiplier power of ten of the unit
 * @param frame FIFF's coordinate frame of {@code location}: 1 device, 4 head, 0 unknown
 * @param location 12 numbers, metres: place, then the axes x, y and z of the coil; of an electrode
 *     the place and the reference's place
 */
public record FifChannel(
    String name,
    int kind,
    int coilType,
    double range,
    double cal,
    int unit,
    int unitMultiplier,
    int frame,
    List<Double> location) {
  /** Copies the list. */
  public FifChannel {
    location = List.copyOf(location);
  }

  static FifChannel read(FifInput in, FifTag tag) {
    ByteBuffer b = FifValues.bytes(in, tag, 96);
    int end = 0;
    while (end < 16 && b.get(80 + end) != 0) {
      end++;
    }
    // MNE writes names in UTF-8 here, MEGIN in ASCII: both are read by this.
    String name = StandardCharsets.UTF_8.decode(b.slice(80, end)).toString();
    int kind = b.getInt(8);
    return new FifChannel(
        name,
        kind,
        b.getInt(20),
        b.getFloat(12),
        b.getFloat(16),
        b.getInt(72),
        b.getInt(76),
        usualFrame(kind),
        location(b, 24));
  }

  private static List<Double> location(ByteBuffer b, int at) {
    Double[] location = new Double[12];
    for (int i = 0; i < 12; i++) {
      location[i] = (double) b.getFloat(at + 4 * i);
    }
    return List.of(location);
  }

  private static int usualFrame(int kind) {
    return switch (kind) {
      case 1, 301 -> Fiff.FRAME_DEVICE;
      case 2, 802, 803, 902, 1100 -> Fiff.FRAME_HEAD;
      default -> 0;
    };
  }

  /** This channel as a block of further words says (fiff-constants 1.3, FIFFB_CH_INFO). */
  FifChannel extended(FifInput in, FifNode words) {
    FifChannel c = this;
    for (FifTag t : words.tags()) {
      c = c.with(in, t);
    }
    return c;
  }

  private FifChannel with(FifInput in, FifTag t) {
    String newName = t.kind() == Fiff.CH_DACQ_NAME ? FifValues.text(in, t) : name;
    int newKind = integer(in, t, Fiff.CH_KIND, kind);
    return new FifChannel(
        newName,
        newKind,
        integer(in, t, Fiff.CH_COIL_TYPE, coilType),
        t.kind() == Fiff.CH_RANGE ? FifValues.number(in, t) : range,
        t.kind() == Fiff.CH_CAL ? FifValues.number(in, t) : cal,
        integer(in, t, Fiff.CH_UNIT, unit),
        integer(in, t, Fiff.CH_UNIT_MUL, unitMultiplier),
        integer(in, t, Fiff.CH_COORD_FRAME, newKind == kind ? frame : usualFrame(newKind)),
        t.kind() == Fiff.CH_LOC ? location(FifValues.bytes(in, t, 48), 0) : location);
  }

  private static int integer(FifInput in, FifTag t, int kind, int otherwise) {
    return t.kind() == kind ? FifValues.integer(in, t) : otherwise;
  }

  /** What stored values are multiplied with to be in the channel's unit: range × cal. */
  public double scale() {
    return range * cal;
  }

  /** Whether it carries triggers. */
  public boolean isStimulus() {
    return kind == 3;
  }

  /** This channel in the words of all recordings; a position that is not known is left out. */
  public ChannelInfo toChannelInfo() {
    return new ChannelInfo(name, bidsKind(), unitName(), position());
  }

  private Optional<SensorPosition> position() {
    double x = location.get(0);
    double y = location.get(1);
    double z = location.get(2);
    boolean placed = Double.isFinite(x + y + z) && (x != 0 || y != 0 || z != 0);
    if (!placed || (frame != Fiff.FRAME_DEVICE && frame != Fiff.FRAME_HEAD)) {
      return Optional.empty();
    }
    return Optional.of(
        new SensorPosition(frame == Fiff.FRAME_HEAD ? Frame.HEAD : Frame.DEVICE, x, y, z));
  }

  private String bidsKind() {
    return switch (kind) {
      case 1 -> magneticKind();
      case 301 -> referenceKind();
      case 2 -> "EEG";
      case 3 -> "TRIG";
      case 201 -> "MEGOTHER";
      case 202 -> "EOG";
      case 302 -> "EMG";
      case 402 -> "ECG";
      case 602 -> "RESP";
      case 700, 701, 702, 703, 704, 705, 706, 707, 708, 709 -> "HLU";
      case 802 -> "SEEG";
      case 803 -> "DBS";
      case 902 -> "ECOG";
      case 1100 -> "NIRS";
      case 1200 -> "TEMP";
      case 1300 -> "GSR";
      default -> "MISC";
    };
  }

  private String magneticKind() {
    return switch (coilType & 0xffff) {
      case 2, 3011, 3012, 3013, 3014, 3015 -> "MEGGRADPLANAR";
      case 4, 2001, 4002, 5001, 6001, 7001, 7501, 9001, 9101, 9102 -> "MEGGRADAXIAL";
      default -> unit == 201 ? "MEGGRADPLANAR" : "MEGMAG";
    };
  }

  private String referenceKind() {
    return switch (coilType & 0xffff) {
      case 4004, 5003, 7503 -> "MEGREFGRADAXIAL";
      case 4005, 5004 -> "MEGREFGRADPLANAR";
      default -> "MEGREFMAG";
    };
  }

  private String unitName() {
    String base =
        switch (unit) {
          case 1 -> "m";
          case 3 -> "s";
          case 4 -> "A";
          case 5 -> "K";
          case 7 -> "rad";
          case 10 -> "mol/m^3";
          case 101 -> "Hz";
          case 107 -> "V";
          case 109 -> "Ohm";
          case 110 -> "S";
          case 112 -> "T";
          case 114 -> "oC";
          case 117 -> "V/m^2";
          case 201 -> "T/m";
          case 202 -> "Am";
          default -> "";
        };
    String power =
        switch (unitMultiplier) {
          case 0 -> "";
          case 3 -> "k";
          case 6 -> "M";
          case -3 -> "m";
          case -6 -> "u";
          case -9 -> "n";
          case -12 -> "p";
          case -15 -> "f";
          default -> "10^" + unitMultiplier + " ";
        };
    return base.isEmpty() ? "" : power + base;
  }
}
