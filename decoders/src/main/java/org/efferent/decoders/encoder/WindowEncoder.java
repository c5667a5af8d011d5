package org.efferent.decoders.encoder;

/** An encoder of windows of one size that tells no subjects apart. */
abstract class WindowEncoder implements Encoder {
  /** Channels of a window. */
  final int channels;

  /** Samples of a window. */
  final int time;

  WindowEncoder(int channels, int time) {
    Checks.positive("channels", channels);
    Checks.positive("time", time);
    this.channels = channels;
    this.time = time;
  }

  @Override
  public final int channels() {
    return channels;
  }

  @Override
  public final int time() {
    return time;
  }

  @Override
  public final int subjects() {
    return 0;
  }
}
