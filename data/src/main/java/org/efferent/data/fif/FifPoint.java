package org.efferent.data.fif;

import java.nio.ByteBuffer;

/**
 * A digitised point of the head.
 *
 * @param kind 1 cardinal, 2 coil of the head position indicator, 3 EEG electrode, 4 extra
 * @param number of its kind; cardinal: 1 left ear, 2 nasion, 3 right ear
 * @param frame FIFF's number of the coordinate frame; 4 is the head
 * @param x metres
 * @param y metres
 * @param z metres
 */
public record FifPoint(int kind, int number, int frame, double x, double y, double z) {
  static FifPoint read(FifInput in, FifTag tag, int frame) {
    ByteBuffer b = FifValues.bytes(in, tag, 20);
    return new FifPoint(
        b.getInt(0), b.getInt(4), frame, b.getFloat(8), b.getFloat(12), b.getFloat(16));
  }
}
