package org.efferent.viz;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;

/**
 * A picture of results: something that paints, its size, and what it shows in words for those who
 * cannot see it. Needs no display. Immutable, as long as its painter is.
 *
 * <pre>{@code
 * Trajectory run = new Trajectory(seconds, decoded, truth, standardDeviations);
 * List<String> axes = List.of("velocity x (cm/s)", "velocity y (cm/s)");
 * Trajectories.overTime(run, axes, FigureSize.PAGE).writeSvg(Path.of("velocity.svg"));
 * }</pre>
 */
public final class Figure {
  /** Paints into a rectangle from (0, 0), y down; the ground is already {@link Palette#PAPER}. */
  @FunctionalInterface
  public interface Painter {
    /**
     * Paints once.
     *
     * @param graphics modified freely, disposed of by the caller
     * @param width pixels of 1/96 inch
     * @param height pixels of 1/96 inch
     */
    void paint(Graphics2D graphics, int width, int height);
  }

  private static final long LARGEST_IMAGE = 100_000_000;

  private final String description;
  private final FigureSize size;
  private final Painter painter;

  /**
   * A figure of your own.
   *
   * @param description what there is to see, one or two sentences, read out by screen readers
   * @param size width, height, letters
   * @param painter paints the same every time
   */
  public Figure(String description, FigureSize size, Painter painter) {
    if (description.isBlank()) {
      throw new IllegalArgumentException("a figure needs a description; description is blank");
    }
    this.description = description;
    this.size = Objects.requireNonNull(size, "size");
    this.painter = Objects.requireNonNull(painter, "painter");
  }

  /**
   * A figure of a chart of your own.
   *
   * @param description what there is to see, one or two sentences
   * @param size width, height, letters
   * @param chart not modified, and not to be modified later
   */
  public Figure(String description, FigureSize size, JFreeChart chart) {
    this(
        description,
        size,
        (g, w, h) -> chart.draw(g, new Rectangle2D.Double(0, 0, w, h), null, null));
  }

  /** What there is to see, in words. */
  public String description() {
    return description;
  }

  /** Width, height, letters. */
  public FigureSize size() {
    return size;
  }

  /**
   * The same figure with other words.
   *
   * @param words one or two sentences
   * @return a new figure
   */
  public Figure describedAs(String words) {
    return new Figure(words, size, painter);
  }

  /**
   * The figure in pixels.
   *
   * @param scale device pixels a figure's pixel: 1 for a screen, 2 for a dense one, 3.125 for 300
   *     dots an inch
   * @return an opaque picture
   */
  public BufferedImage toImage(double scale) {
    double pixels = scale * scale * size.width() * size.height();
    if (!(scale > 0) || !(pixels >= 1 && pixels <= LARGEST_IMAGE)) {
      throw new IllegalArgumentException(
          "a picture has 1 to " + LARGEST_IMAGE + " pixels; scale=" + scale);
    }
    int w = Math.max(1, (int) Math.round(size.width() * scale));
    int h = Math.max(1, (int) Math.round(size.height() * scale));
    BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(Palette.PAPER);
    g.fillRect(0, 0, w, h);
    Pen.smooth(g);
    g.scale(scale, scale);
    painter.paint(g, size.width(), size.height());
    g.dispose();
    return image;
  }

  /**
   * The figure as an SVG element to stand inside HTML or XML: no XML declaration, no outside
   * resource, text as text.
   *
   * @return {@code <svg …>…</svg>}; the same figure gives the same text
   */
  public String toSvg() {
    return toSvg("f");
  }

  /** As {@link #toSvg()}, with ids that begin with {@code prefix}: ids are unique in a page. */
  String toSvg(String prefix) {
    return Svg.element(painter, size, description, prefix);
  }

  /**
   * Writes a PNG; refuses to overwrite.
   *
   * @param file made, with the folders above it
   * @param scale see {@link #toImage}
   * @throws org.efferent.core.UsageException if the file exists or cannot be written
   */
  public void writePng(Path file, double scale) {
    writePng(file, scale, IfExists.FAIL);
  }

  /**
   * Writes a PNG.
   *
   * @param file made, with the folders above it
   * @param scale see {@link #toImage}
   * @param ifExists whether to overwrite
   * @throws org.efferent.core.UsageException if the file exists and must not be overwritten, or
   *     cannot be written
   */
  public void writePng(Path file, double scale, IfExists ifExists) {
    Output.write(file, png(toImage(scale)), ifExists);
  }

  /**
   * Writes an SVG file; refuses to overwrite.
   *
   * @param file made, with the folders above it
   * @throws org.efferent.core.UsageException if the file exists or cannot be written
   */
  public void writeSvg(Path file) {
    writeSvg(file, IfExists.FAIL);
  }

  /**
   * Writes an SVG file.
   *
   * @param file made, with the folders above it
   * @param ifExists whether to overwrite
   * @throws org.efferent.core.UsageException if the file exists and must not be overwritten, or
   *     cannot be written
   */
  public void writeSvg(Path file, IfExists ifExists) {
    String text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + toSvg() + "\n";
    Output.write(file, text.getBytes(StandardCharsets.UTF_8), ifExists);
  }

  /**
   * Writes a PDF of one page of the figure's size; refuses to overwrite.
   *
   * @param file made, with the folders above it
   * @throws org.efferent.core.UsageException if the file exists or cannot be written
   */
  public void writePdf(Path file) {
    writePdf(file, IfExists.FAIL);
  }

  /**
   * Writes a PDF of one page of the figure's size: lines as lines, text as text in an embedded
   * font.
   *
   * @param file made, with the folders above it
   * @param ifExists whether to overwrite
   * @throws org.efferent.core.UsageException if the file exists and must not be overwritten, or
   *     cannot be written
   */
  public void writePdf(Path file, IfExists ifExists) {
    Output.write(file, pdf(), ifExists);
  }

  byte[] pdf() {
    return Pdf.bytes(painter, size, description);
  }

  static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }
}
