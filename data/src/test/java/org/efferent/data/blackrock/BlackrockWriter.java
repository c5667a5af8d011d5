package org.efferent.data.blackrock;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes files by the specification, for tests. */
final class BlackrockWriter {
  private final ByteBuffer b = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
  private boolean wide;
  private int packetBytes;

  private BlackrockWriter() {}

  /** Version 2.1: no scales, no packets. */
  static BlackrockWriter oldSignals(int period, int... electrodes) {
    BlackrockWriter w = new BlackrockWriter();
    w.text("NEURALSG", 8).text("LFP", 16);
    w.b.putInt(period).putInt(electrodes.length);
    Arrays.stream(electrodes).forEach(w.b::putInt);
    return w;
  }

  /** Two channels: a microvolt is 4 steps in the first; the second is in millivolt, 10 steps. */
  static BlackrockWriter signals(String id, int major, int minor, int period, int resolution) {
    BlackrockWriter w = new BlackrockWriter();
    w.wide = major == 3;
    w.text(id, 8);
    w.b.put((byte) major).put((byte) minor).putInt(314 + 2 * 66);
    w.text("1 kS/s", 16).text("a comment", 256);
    w.b.putInt(period).putInt(resolution);
    w.time();
    w.b.putInt(2);
    w.channel(1, "chan1", 8191, "uV").channel(129, "ainp1", 3276, "mV");
    return w;
  }

  private BlackrockWriter channel(int id, String label, int analogue, String unit) {
    text("CC", 2);
    b.putShort((short) id);
    text(label, 16);
    b.put((byte) 1).put((byte) 2);
    b.putShort((short) -32_764).putShort((short) 32_764);
    b.putShort((short) -analogue).putShort((short) analogue);
    text(unit, 16);
    b.putInt(300).putInt(1).putShort((short) 1);
    b.putInt(250_000).putInt(4).putShort((short) 1);
    return this;
  }

  /** 5 March 2024, 10:20:30.400. */
  private void time() {
    for (int part : new int[] {2024, 3, 2, 5, 10, 20, 30, 400}) {
      b.putShort((short) part);
    }
  }

  /** A data packet that says so many samples. */
  BlackrockWriter packet(long ticks, int said, int... values) {
    b.put((byte) 1);
    ticks(ticks);
    b.putInt(said);
    return samples(values);
  }

  BlackrockWriter samples(int... values) {
    for (int value : values) {
      b.putShort((short) value);
    }
    return this;
  }

  private void ticks(long ticks) {
    if (wide) {
      b.putLong(ticks);
    } else {
      b.putInt((int) ticks);
    }
  }

  /** Spikes and events of two electrodes with waveforms of so many samples of 16 bits. */
  static BlackrockWriter events(String id, int major, int minor, int resolution, int samples) {
    BlackrockWriter w = new BlackrockWriter();
    w.wide = major == 3;
    w.packetBytes = (w.wide ? 12 : 8) + 2 * samples;
    w.text(id, 8);
    w.b.put((byte) major).put((byte) minor).putShort((short) 1);
    w.b.putInt(336 + 9 * 32).putInt(w.packetBytes).putInt(resolution).putInt(30_000);
    w.time();
    w.text("Central", 32).text("first", 256);
    w.b.putInt(9);
    w.wave(1, 250, samples, minor == 3 || w.wide).wave(2, 1000, 0, minor == 3 || w.wide);
    w.label(1, "chan1").label(2, "");
    w.extended("NEUEVFLT", 0);
    w.b.putShort(w.b.position() - 24, (short) 1);
    w.b.putInt(w.b.position() - 22, 250_000).putInt(w.b.position() - 12, 7_500_000);
    w.text("ARRAYNME", 8).text("Utah", 24);
    w.text("DIGLABEL", 8).text("digin", 16);
    w.b.put((byte) 1).put(new byte[7]);
    w.text("ECOMMENT", 8).text("second", 24);
    w.text("CCOMMENT", 8).text("third", 24);
    return w;
  }

  private BlackrockWriter wave(int id, int nanovolts, int samples, boolean newer) {
    extended("NEUEVWAV", id);
    int at = b.position() - 24;
    b.put(at + 2, (byte) 1).put(at + 3, (byte) 7).putShort(at + 4, (short) nanovolts);
    b.putShort(at + 8, (short) 50).putShort(at + 10, (short) -60);
    b.put(at + 12, (byte) 2).put(at + 13, (byte) 2);
    if (newer) {
      b.putShort(at + 14, (short) samples);
    }
    return this;
  }

  private BlackrockWriter label(int id, String label) {
    text("NEUEVLBL", 8);
    b.putShort((short) id);
    text(label, 16);
    b.put(new byte[6]);
    return this;
  }

  private void extended(String id, int electrode) {
    text(id, 8);
    b.putShort((short) electrode);
    b.put(new byte[22]);
  }

  /** A data packet: its identification, what follows it, and a waveform or text. */
  BlackrockWriter event(long ticks, int id, int first, int second, byte[] rest) {
    int end = b.position() + packetBytes;
    ticks(ticks);
    b.putShort((short) id).put((byte) first).put((byte) second).put(rest);
    b.put(new byte[end - b.position()]);
    return this;
  }

  BlackrockWriter spike(long ticks, int electrode, int unit, int... waveform) {
    ByteBuffer wave = ByteBuffer.allocate(2 * waveform.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(waveform).forEach(v -> wave.putShort((short) v));
    return event(ticks, electrode, unit, 0, wave.array());
  }

  BlackrockWriter digital(long ticks, int reason, int value) {
    return event(ticks, 0, reason, 0, new byte[] {(byte) value, (byte) (value >> 8)});
  }

  BlackrockWriter comment(long ticks, boolean utf16, String text) {
    byte[] bytes = text.getBytes(utf16 ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1);
    byte[] rest = new byte[4 + bytes.length];
    System.arraycopy(bytes, 0, rest, 4, bytes.length);
    return event(ticks, 0xFFFF, utf16 ? 1 : 0, 0, rest);
  }

  private BlackrockWriter text(String text, int bytes) {
    b.put(Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), bytes));
    return this;
  }

  /** The file; bytes may be overwritten in it. */
  byte[] bytes() {
    return Arrays.copyOf(b.array(), b.position());
  }

  /** The file with a number of 32 bits replaced. */
  byte[] with(int at, int value) {
    byte[] bytes = bytes();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return bytes;
  }
}
