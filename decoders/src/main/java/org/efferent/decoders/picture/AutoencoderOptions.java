package org.efferent.decoders.picture;

import java.util.List;

/**
 * The shape of a {@link PictureAutoencoder}.
 *
 * @param side pixels of a picture's side: the last plane's, doubled once a stage
 * @param width numbers of a latent
 * @param channels of each stage's planes, from the largest to the smallest plane
 */
public record AutoencoderOptions(int side, int width, List<Integer> channels) {
  /** 64 × 64 pixels in 64 numbers. */
  public static final AutoencoderOptions SMALL =
      new AutoencoderOptions(64, 64, List.of(24, 40, 56, 64));

  /** Checks the sizes. */
  public AutoencoderOptions {
    channels = List.copyOf(channels);
    if (channels.isEmpty() || channels.size() > 8) {
      throw new IllegalArgumentException(
          "channels must be of 1 to 8 stages; stages=" + channels.size());
    }
    if (channels.stream().anyMatch(c -> c < 1 || c > 1024) || width < 1 || width > 65536) {
      throw new IllegalArgumentException(
          "channels must be 1 to 1024, width 1 to 65536; channels=%s, width=%d"
              .formatted(channels, width));
    }
    if (side < 1 << channels.size() || side % (1 << channels.size()) != 0 || side > 1024) {
      throw new IllegalArgumentException(
          "side must be a multiple of 2^stages, at most 1024; side=%d, stages=%d"
              .formatted(side, channels.size()));
    }
  }

  /** Stages. */
  public int stages() {
    return channels.size();
  }

  /** Pixels of the smallest plane's side. */
  public int smallest() {
    return side >> stages();
  }

  /** Numbers of the smallest planes together. */
  public int bottom() {
    return channels.get(stages() - 1) * smallest() * smallest();
  }

  /** Numbers of a picture. */
  public int pixels() {
    return 3 * side * side;
  }
}
