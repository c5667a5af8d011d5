package org.efferent.viz.dashboard;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.efferent.viz.IfExists;
import org.efferent.viz.Output;

/** Pictures of a dashboard as PNG. */
public final class DashboardPicture {
  private DashboardPicture() {}

  /**
   * Writes a picture.
   *
   * @param image of a dashboard
   * @param file where; folders above it are made
   * @param ifExists what to do where it exists
   * @throws org.efferent.core.UsageException if it exists and is not to be replaced, or cannot be
   *     written
   */
  public static void write(BufferedImage image, Path file, IfExists ifExists) {
    Output.write(file, png(image), ifExists);
  }

  /** A picture as PNG. */
  static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", bytes)) {
        throw new IllegalStateException("this JDK writes no PNG");
      }
    } catch (IOException e) {
      throw new IllegalStateException("a picture in memory cannot be written", e);
    }
    return bytes.toByteArray();
  }
}
