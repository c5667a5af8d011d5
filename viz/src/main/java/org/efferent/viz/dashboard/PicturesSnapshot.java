package org.efferent.viz.dashboard;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Pictures that were generated, the newest first.
 *
 * @param pictures at most what the model keeps
 * @param made since the beginning
 * @param nowNanos when this was asked for, by {@link System#nanoTime()}
 */
public record PicturesSnapshot(List<Picture> pictures, long made, long nowNanos) {
  /**
   * One picture.
   *
   * @param image not to be modified
   * @param window what it was made from: "marker dog", "12.4 s"
   * @param madeNanos when it was ready, by {@link System#nanoTime()}
   */
  public record Picture(BufferedImage image, String window, long madeNanos) {}

  /** Copies the list. */
  public PicturesSnapshot {
    pictures = List.copyOf(pictures);
  }

  /** Seconds since a picture was ready. */
  public double ageSeconds(int picture) {
    return Math.max(0, (nowNanos - pictures.get(picture).madeNanos()) / 1e9);
  }
}
