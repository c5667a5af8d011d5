package org.efferent.viz.dashboard;

import java.awt.image.BufferedImage;
import java.util.ArrayDeque;
import java.util.List;
import org.efferent.core.LocalClock;

/** The last pictures that a generator made. Any thread may call any method. */
public final class PicturesModel {
  private final int kept;
  private final LocalClock clock;
  private final ArrayDeque<PicturesSnapshot.Picture> pictures = new ArrayDeque<>();
  private long made;

  /**
   * No picture yet.
   *
   * @param kept how many are kept, at least 1
   * @param clock where ages come from
   */
  public PicturesModel(int kept, LocalClock clock) {
    if (kept < 1) {
      throw new IllegalArgumentException("kept must be at least 1; kept=" + kept);
    }
    this.kept = kept;
    this.clock = clock;
  }

  /**
   * Takes a picture.
   *
   * @param image not to be modified later
   * @param window what it was made from
   */
  public synchronized void add(BufferedImage image, String window) {
    pictures.addFirst(new PicturesSnapshot.Picture(image, window, clock.nanos()));
    made++;
    if (pictures.size() > kept) {
      pictures.removeLast();
    }
  }

  /** The last pictures. */
  public synchronized PicturesSnapshot snapshot() {
    return new PicturesSnapshot(List.copyOf(pictures), made, clock.nanos());
  }
}
