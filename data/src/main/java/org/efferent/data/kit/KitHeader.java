package org.efferent.data.kit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;

/** What a file says before its samples. */
final class KitHeader {
  private static final int ENTRY = 16;
  private static final int SYSTEM = 1;
  private static final int CHANNELS = 4;
  private static final int SENSITIVITY = 5;
  private static final int AMPLIFIER = 7;
  private static final int ACQUISITION = 8;
  private static final int SAMPLES = 9;
  private static final int[] GAINS = {1, 2, 5, 10, 20, 50, 100, 200};

  /** Kinds of amplifier: from 100 on the gain has three factors in places of its own. */
  private static final int KAPPER = 100;

  private final FileBytes file;
  private final ByteBuffer entries;

  int version;
  int revision;
  int systemId;
  String systemName;
  String modelName;
  String comment;
  int created;
  int sampleBytes;
  double sampleRateHz;
  int acquisition;
  long rows;
  long dataAt;
  double voltPerStep;
  double exgDivisor;
  double amplifierGain;
  double[] teslaPerVolt;
  int channelCount;

  private KitHeader(FileBytes file) {
    this.file = file;
    ByteBuffer first = read(0, ENTRY, "directory");
    int at = first.getInt(0);
    int size = first.getInt(4);
    int count = first.getInt(12);
    if (at != 0 || size != ENTRY || count <= SAMPLES || count > 4096) {
      throw new InputException(
          "%s: is not a KIT file: its directory must begin at byte 0 with entries of 16 bytes; offset=%d, size=%d, entries=%d"
              .formatted(file.name(), at, size, count));
    }
    this.entries = read(0, count * ENTRY, "directory");
  }

  static KitHeader read(FileBytes file, List<String> warnings) {
    KitHeader h = new KitHeader(file);
    int amplifierType = h.readSystem();
    h.readSensitivity();
    h.readAmplifier(amplifierType, warnings);
    h.readAcquisition(warnings);
    return h;
  }

  private ByteBuffer read(long at, int bytes, String what) {
    return file.read(at, bytes, what, ByteOrder.LITTLE_ENDIAN);
  }

  private long offset(int entry) {
    return entries.getInt(ENTRY * entry) & 0xffff_ffffL;
  }

  private int readSystem() {
    ByteBuffer b = read(offset(SYSTEM), 720, "the system");
    version = b.getInt(0);
    revision = b.getInt(4);
    systemId = b.getInt(8);
    systemName = text(b, 12, 128);
    modelName = text(b, 140, 128);
    channelCount = b.getInt(268);
    comment = text(b, 272, 256);
    created = b.getInt(528);
    int amplifierType = b.getInt(564);
    boolean old = version < 2 || (version == 2 && revision <= 3);
    double range = old ? b.getInt(716) : read(offset(SYSTEM) + 716, 8, "the ADC").getDouble(0);
    ByteBuffer adc = read(offset(SYSTEM) + (old ? 720 : 724), 12, "the ADC");
    int allocated = adc.getInt(4);
    int stored = adc.getInt(8);
    if (version < 2 || (version == 2 && revision < 3)) {
      legacy();
      range = 5;
      stored = 11;
    }
    boolean sound = Double.isFinite(range) && range > 0 && stored >= 1 && stored <= 32;
    if (channelCount < 1 || channelCount > 65_536 || !sound) {
      throw new InputException(
          "%s: the system: must have channels and a converter; channels=%d, range=%s V, bits=%d"
              .formatted(file.name(), channelCount, range, stored));
    }
    if (allocated != 16 && allocated != 32) {
      throw new UnsupportedInputException(
          "%s: samples of 16 or 32 bits are read; bits=%d".formatted(file.name(), allocated));
    }
    sampleBytes = allocated / 8;
    voltPerStep = range / Math.pow(2, stored);
    exgDivisor = Math.pow(2, stored - 14);
    return amplifierType;
  }

  /** Before version 2.3 the converter is not described; of some systems it is known. */
  private void legacy() {
    if (systemId != 32 && systemId != 33 && systemId != 34 && systemId != 51) {
      throw new UnsupportedInputException(
          "%s: version %d.%d does not tell the range of its converter, and that of system %d is not known"
              .formatted(file.name(), version, revision, systemId));
    }
  }

  private void readSensitivity() {
    ByteBuffer b = read(offset(SENSITIVITY), channelCount * 16, "the sensitivities");
    teslaPerVolt = new double[channelCount];
    for (int c = 0; c < channelCount; c++) {
      double zero = b.getDouble(16 * c);
      if (zero != 0) {
        throw new UnsupportedInputException(
            "%s: channel %d: an offset of the sensor is not read; offset=%s V"
                .formatted(file.name(), c + 1, zero));
      }
      teslaPerVolt[c] = b.getDouble(16 * c + 8);
    }
  }

  private void readAmplifier(int type, List<String> warnings) {
    int data = read(offset(AMPLIFIER), 4, "the amplifier").getInt(0);
    if (!List.of(0, 10, 20, 50, 60, 100, 101, 120, 200, 300).contains(type)) {
      warnings.add(
          "the kind of the amplifier is not known, so the scale of MEG channels may be wrong; kind="
              + type);
    }
    amplifierGain =
        type >= KAPPER
            ? (double) GAINS[data >> 12 & 7] * GAINS[data >> 28 & 7] * GAINS[data >> 24 & 7]
            : (double) GAINS[data >> 11 & 3] * GAINS[data & 7];
  }

  private void readAcquisition(List<String> warnings) {
    ByteBuffer b = read(offset(ACQUISITION), 28, "the acquisition");
    acquisition = b.getInt(0);
    sampleRateHz = b.getDouble(4);
    if (!(sampleRateHz > 0) || Double.isInfinite(sampleRateHz)) {
      throw new InputException(
          "%s: the rate must be positive; rate=%s".formatted(file.name(), sampleRateHz));
    }
    // 1 continuous: samples; 2 averaged: a frame; 3 triggered: frames one after the other.
    long said =
        switch (acquisition) {
          case 1 -> b.getInt(16);
          case 2 -> b.getInt(12);
          case 3 -> (long) b.getInt(12) * b.getInt(24);
          default ->
              throw new InputException(
                  "%s: the acquisition is 1 continuous, 2 averaged or 3 triggered; acquisition=%d"
                      .formatted(file.name(), acquisition));
        };
    if (acquisition == 2) {
      throw new UnsupportedInputException(
          file.name() + ": averaged data are not read, only continuous and triggered");
    }
    dataAt = offset(SAMPLES);
    long there = Math.max(0, (file.size() - dataAt) / ((long) channelCount * sampleBytes));
    if (said > there) {
      warnings.add(
          "the header says %d samples, %d are there; those were read".formatted(said, there));
    }
    rows = Math.max(0, Math.min(said, there));
  }

  /** The words of a channel. */
  ByteBuffer channel(int number) {
    long size = entries.getInt(ENTRY * CHANNELS + 4);
    if (size < 8 || size > 65_536) {
      throw new InputException(
          "%s: the channels: an entry has 8 to 65536 bytes; bytes=%d".formatted(file.name(), size));
    }
    return read(offset(CHANNELS) + size * number, (int) size, "channel " + (number + 1));
  }

  static String text(ByteBuffer b, int at, int bytes) {
    int end = at;
    while (end < Math.min(at + bytes, b.limit()) && b.get(end) != 0) {
      end++;
    }
    return end <= at ? "" : StandardCharsets.UTF_8.decode(b.slice(at, end - at)).toString().strip();
  }
}
