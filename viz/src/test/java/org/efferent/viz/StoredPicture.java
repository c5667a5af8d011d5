package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Pictures against those in src/test/resources/pictures: whether the same things are in the same
 * places, not whether the same pixels are lit. Letters differ from machine to machine; lines,
 * areas, legends and axes must not.
 *
 * <p>A picture is cut into blocks of 8 x 8 pixels. What a block differs from the ground by, red,
 * green and blue, must be found in the other picture too, in a block at most two away, and the
 * other way round. A few blocks may have no partner.
 *
 * <p>{@code -Defferent.pictures=write} replaces the stored pictures; look at them before you keep
 * them.
 */
final class StoredPicture {
  private static final String WRITE = "efferent.pictures";
  private static final int BLOCK = 8;

  /**
   * How closely is looked.
   *
   * @param away how many blocks away a partner may be
   * @param alike how much partners may differ, of the stronger one's difference from the ground
   * @param most how many blocks in a hundred with a mark may have no partner
   */
  record Grade(int away, double alike, double most) {
    /** Of pictures whose letters come from the same font: a PDF's. */
    static final Grade SAME_FONT = new Grade(1, 0.3, 0.5);

    /** Of pictures whose letters come from the machine's font, and take a little other room. */
    static final Grade OTHER_FONT = new Grade(2, 0.5, 1.5);

    /** Where that room moves axes and legends as well. */
    static final Grade OTHER_LAYOUT = new Grade(2, 0.5, 12);
  }

  /** Less than this is no mark: a corner of a letter, a grid line that falls between pixels. */
  private static final double FAINT = 14;

  private static final int REDS = 6;
  private static final int GREENS = 7;
  private static final int BLUES = 6;

  private StoredPicture() {}

  /** Compares; or stores, where the property says so. */
  static void check(String name, BufferedImage image, Grade grade) throws IOException {
    if ("write".equals(System.getProperty(WRITE)) && !grade.equals(Grade.OTHER_LAYOUT)) {
      Path file = Path.of("src/test/resources/pictures", name + ".png");
      Files.createDirectories(file.getParent());
      Files.write(file, Figure.png(few(image)));
    }
    assertThat(lost(read(name), image, grade))
        .as("hundredths without a partner in " + name)
        .isLessThanOrEqualTo(grade.most());
  }

  static BufferedImage read(String name) throws IOException {
    if ("write".equals(System.getProperty(WRITE))) {
      return ImageIO.read(Path.of("src/test/resources/pictures", name + ".png").toFile());
    }
    try (InputStream in = StoredPicture.class.getResourceAsStream("/pictures/" + name + ".png")) {
      assertThat(in)
          .as("no stored picture " + name + "; -D" + WRITE + "=write makes it")
          .isNotNull();
      return ImageIO.read(in);
    }
  }

  /** How many blocks in a hundred with a mark have no partner in the other picture. */
  static double lost(BufferedImage stored, BufferedImage image, Grade grade) {
    assertThat(image.getWidth()).isEqualTo(stored.getWidth());
    assertThat(image.getHeight()).isEqualTo(stored.getHeight());
    double[][][] a = blocks(few(stored));
    double[][][] b = blocks(few(image));
    int[] one = partners(a, b, grade);
    int[] other = partners(b, a, grade);
    return 100.0 * (one[1] + other[1]) / Math.max(1, one[0] + other[0]);
  }

  /** Blocks with a mark, and those of them without a partner. */
  private static int[] partners(double[][][] from, double[][][] to, Grade grade) {
    int marked = 0;
    int alone = 0;
    for (int y = 0; y < from.length; y++) {
      for (int x = 0; x < from[y].length; x++) {
        double strength = size(from[y][x], new double[3]);
        if (strength < FAINT) {
          continue;
        }
        marked++;
        double best = Double.POSITIVE_INFINITY;
        for (int j = Math.max(0, y - grade.away());
            j <= Math.min(to.length - 1, y + grade.away());
            j++) {
          for (int i = Math.max(0, x - grade.away());
              i <= Math.min(to[j].length - 1, x + grade.away());
              i++) {
            best = Math.min(best, size(from[y][x], to[j][i]));
          }
        }
        alone += best > grade.alike() * strength ? 1 : 0;
      }
    }
    return new int[] {marked, alone};
  }

  private static double size(double[] a, double[] b) {
    return Math.sqrt(
        (a[0] - b[0]) * (a[0] - b[0])
            + (a[1] - b[1]) * (a[1] - b[1])
            + (a[2] - b[2]) * (a[2] - b[2]));
  }

  /** {@code [rows][columns][3]}: the mean of each block less the ground, the commonest colour. */
  private static double[][][] blocks(BufferedImage image) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        counts.merge(image.getRGB(x, y), 1, Integer::sum);
      }
    }
    Color ground =
        new Color(
            counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey());
    double[][][] blocks =
        new double[(image.getHeight() + BLOCK - 1) / BLOCK][(image.getWidth() + BLOCK - 1) / BLOCK]
            [3];
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        double[] block = blocks[y / BLOCK][x / BLOCK];
        block[0] += ((rgb >> 16 & 0xFF) - ground.getRed()) / (double) (BLOCK * BLOCK);
        block[1] += ((rgb >> 8 & 0xFF) - ground.getGreen()) / (double) (BLOCK * BLOCK);
        block[2] += ((rgb & 0xFF) - ground.getBlue()) / (double) (BLOCK * BLOCK);
      }
    }
    return blocks;
  }

  /** The picture in 252 colours: small as a file, and equal before and after storing. */
  private static BufferedImage few(BufferedImage image) {
    byte[] red = new byte[REDS * GREENS * BLUES];
    byte[] green = new byte[red.length];
    byte[] blue = new byte[red.length];
    for (int i = 0; i < red.length; i++) {
      red[i] = (byte) share(i / (GREENS * BLUES), REDS);
      green[i] = (byte) share(i / BLUES % GREENS, GREENS);
      blue[i] = (byte) share(i % BLUES, BLUES);
    }
    IndexColorModel colors = new IndexColorModel(8, red.length, red, green, blue);
    BufferedImage few =
        new BufferedImage(
            image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, colors);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        int r = step(rgb >> 16 & 0xFF, REDS);
        int g = step(rgb >> 8 & 0xFF, GREENS);
        int b = step(rgb & 0xFF, BLUES);
        few.getRaster().setSample(x, y, 0, (r * GREENS + g) * BLUES + b);
      }
    }
    return few;
  }

  private static int share(int step, int steps) {
    return (int) Math.round(255.0 * step / (steps - 1));
  }

  private static int step(int channel, int steps) {
    return (int) Math.round(channel * (steps - 1) / 255.0);
  }
}
