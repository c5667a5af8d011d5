package org.efferent.decoders.simulated;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;
import org.efferent.decoders.picture.PictureSource;

/**
 * Pictures of simple things on a ground: stimuli whose looks are known, for simulations and for the
 * small generator that comes with Efferent. A concept has an outline, colours and a pattern; its
 * images differ in place, size, turn and light. Computed pixel by pixel, so that a seed gives the
 * same picture everywhere.
 */
public final class SimulatedPictures implements PictureSource {
  /** Images of a concept in {@link #draw(long, float[], int)}. */
  private static final int IMAGES = 4;

  private final long seed;
  private final int side;

  /**
   * Pictures of a seed.
   *
   * @param seed of concepts and images
   * @param side pixels, at least 8
   */
  public SimulatedPictures(long seed, int side) {
    Rules.atLeast("side", 8, side);
    this.seed = seed;
    this.side = side;
  }

  /** What all images of a concept have in common. */
  private static final class Concept {
    final int corners;

    /** 1 is a disc, 0 a polygon, below 0 a star with hollow sides. */
    final double edge;

    final double hole;
    final double stripes;
    final double horizon;
    final double[] colour;
    final double[] other;
    final double[] sky;
    final double[] ground;

    Concept(SplittableRandom random) {
      corners = random.nextInt(3, 9);
      edge = random.nextInt(3) == 0 ? 1 : random.nextInt(2) == 0 ? 0 : -0.45;
      hole = random.nextInt(4) == 0 ? random.nextDouble(0.3, 0.55) : 0;
      stripes = random.nextInt(3) == 0 ? random.nextDouble(4, 9) : 0;
      horizon = random.nextDouble(-0.2, 0.7);
      double hue = random.nextDouble();
      colour = hsv(hue, random.nextDouble(0.55, 0.95), random.nextDouble(0.5, 0.95));
      other = hsv(hue + random.nextDouble(0.2, 0.8), random.nextDouble(0.2, 0.7), 0.9);
      double far = random.nextDouble();
      sky = hsv(far, random.nextDouble(0.1, 0.5), random.nextDouble(0.45, 1));
      ground = hsv(far + random.nextDouble(0.1, 0.5), random.nextDouble(0.2, 0.6), 0.35);
    }
  }

  /** What an image has of its own. */
  private record Place(double x, double y, double size, double turn, double light) {
    static Place draw(SplittableRandom random) {
      return new Place(
          random.nextDouble(-0.3, 0.3),
          random.nextDouble(-0.3, 0.3),
          random.nextDouble(0.38, 0.62),
          random.nextDouble(2 * Math.PI),
          random.nextDouble(0.75, 1.1));
    }
  }

  /** Pixels of a picture's side. */
  public int side() {
    return side;
  }

  /** Image {@code number mod 4} of concept {@code number / 4}. */
  @Override
  public void draw(long number, float[] into, int offset) {
    draw(Math.floorDiv(number, IMAGES), Math.floorMod(number, IMAGES), into, offset);
  }

  /**
   * Writes a picture.
   *
   * @param concept which
   * @param image of the concept
   * @param into red, green and blue from 0 to 1, {@code [3 × side × side]}
   * @param offset where it begins
   */
  public void draw(long concept, long image, float[] into, int offset) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + concept);
    Concept what = new Concept(random);
    SplittableRandom its = random;
    for (long i = 0; i <= image; i++) {
      its = random.split();
    }
    Place where = Place.draw(its);
    double pixel = 2.0 / side;
    double[] colour = new double[3];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        double x = (column + 0.5) * pixel - 1;
        double y = (row + 0.5) * pixel - 1;
        colour(what, where, x, y, pixel, colour);
        for (int c = 0; c < 3; c++) {
          into[offset + (c * side + row) * side + column] =
              (float) Math.max(0, Math.min(1, colour[c] * where.light()));
        }
      }
    }
  }

  private static void colour(
      Concept what, Place where, double x, double y, double pixel, double[] into) {
    double sky = step(what.horizon - y, 0.12);
    double shadow =
        0.5
            * step(
                0.5 - Math.hypot((x - where.x()) / 0.8, (y - where.y() - where.size()) / 0.22),
                0.3);
    for (int c = 0; c < 3; c++) {
      into[c] = (sky * what.sky[c] + (1 - sky) * what.ground[c]) * (1 - shadow * (1 - sky));
    }
    double across = (x - where.x()) / where.size();
    double down = (y - where.y()) / where.size();
    double radius = Math.hypot(across, down);
    double angle = Math.atan2(down, across) + where.turn();
    double soft = pixel / where.size();
    double inside =
        step(outline(what, angle) - radius, soft) * (1 - step(what.hole - radius, soft));
    if (inside > 0) {
      double along = radius * Math.cos(angle);
      double stripe =
          what.stripes == 0 ? 0 : step(Math.sin(what.stripes * along), what.stripes * soft);
      double shade = 1 - 0.25 * (across + down);
      for (int c = 0; c < 3; c++) {
        double paint = (1 - stripe) * what.colour[c] + stripe * what.other[c];
        into[c] += inside * (paint * shade - into[c]);
      }
    }
  }

  /** Distance from the middle to the edge. */
  private static double outline(Concept what, double angle) {
    if (what.edge == 1) {
      return 1;
    }
    double sector = 2 * Math.PI / what.corners;
    double off = angle - sector * Math.floor(angle / sector) - sector / 2;
    double polygon = Math.cos(sector / 2) / Math.cos(off);
    // Of a star the middle of a side is pulled in.
    return polygon + what.edge * (1 - Math.abs(off) / (sector / 2)) * polygon;
  }

  /** From 0 to 1 where {@code distance} goes from −width/2 to width/2. */
  private static double step(double distance, double width) {
    double share = Math.max(0, Math.min(1, distance / width + 0.5));
    return share * share * (3 - 2 * share);
  }

  /** A colour by hue (a turn is 1), saturation and value, each of the last two from 0 to 1. */
  private static double[] hsv(double hue, double saturation, double value) {
    double[] rgb = new double[3];
    for (int c = 0; c < 3; c++) {
      double turn = hue + c / 3.0;
      double wave = Math.abs(6 * (turn - Math.floor(turn)) - 3) - 1;
      rgb[c] = value * (1 - saturation * (1 - Math.max(0, Math.min(1, wave))));
    }
    return rgb;
  }

  /**
   * The stimulus of a row of the targets of {@link SimulatedImages}: four images of each concept of
   * training and validation, then one of each of the test.
   *
   * @param row from 0
   * @param several rows of training and validation together, a multiple of 4
   * @return {@code side × side} pixels
   */
  public BufferedImage stimulus(int row, int several) {
    return row < several
        ? picture(row / IMAGES, row % IMAGES)
        : picture(several / IMAGES + row - several, 0);
  }

  /**
   * A picture as an image.
   *
   * @param concept which
   * @param image of the concept
   * @return {@code side × side} pixels
   */
  public BufferedImage picture(long concept, long image) {
    float[] planes = new float[3 * side * side];
    draw(concept, image, planes, 0);
    BufferedImage made = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        rgb = rgb << 8 | Math.round(planes[c * side * side + i] * 255);
      }
      made.setRGB(i % side, i / side, rgb);
    }
    return made;
  }
}
