package org.efferent.generation;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.efferent.core.InputException;

/**
 * The generator of last resort: the picture of the gallery whose embedding has the largest cosine
 * with the one asked for; of equals, the first. It always has an answer, and it is a picture that
 * exists: what it shows is retrieval, not reconstruction.
 *
 * <p>Used by one thread at a time, or by many if the pictures' source allows it.
 */
public final class NearestPicture {
  /** Where pictures come from: memory, or files read when they are wanted. */
  @FunctionalInterface
  public interface Gallery {
    /**
     * One picture.
     *
     * @param row of the embeddings, from 0
     * @return the picture
     * @throws InputException if its file is missing or damaged
     */
    BufferedImage picture(int row);
  }

  /**
   * Which picture it is.
   *
   * @param row of the gallery
   * @param cosine from −1 to 1
   */
  public record Choice(int row, double cosine) {}

  private final int dimensions;
  private final float[][] unit;
  private final Gallery gallery;

  /**
   * A gallery.
   *
   * @param embeddings {@code [pictures][dimensions]}, at least one; copied, and scaled to length 1
   * @param gallery a picture for each row
   * @throws InputException if an embedding is not finite, is zero or has another width
   */
  public NearestPicture(float[][] embeddings, Gallery gallery) {
    if (embeddings.length == 0 || embeddings[0].length == 0) {
      throw new InputException("a gallery needs at least one picture and one dimension");
    }
    this.dimensions = embeddings[0].length;
    this.gallery = gallery;
    this.unit = new float[embeddings.length][];
    for (int row = 0; row < embeddings.length; row++) {
      unit[row] = unit(embeddings[row], "row " + row + " of the gallery");
    }
  }

  /**
   * A gallery in memory.
   *
   * @param embeddings {@code [pictures][dimensions]}
   * @param pictures one for each row
   * @return the generator
   * @throws InputException if the numbers differ or an embedding is not finite or is zero
   */
  public static NearestPicture of(float[][] embeddings, List<BufferedImage> pictures) {
    if (embeddings.length != pictures.size()) {
      throw new InputException(
          "a gallery has a picture for each embedding; embeddings=%d, pictures=%d"
              .formatted(embeddings.length, pictures.size()));
    }
    return new NearestPicture(embeddings, List.copyOf(pictures)::get);
  }

  /** Width of the embeddings. */
  public int dimensions() {
    return dimensions;
  }

  /** Number of pictures. */
  public int size() {
    return unit.length;
  }

  /**
   * Which picture is nearest.
   *
   * @param embedding {@code [dimensions]}, finite, not zero; its length does not matter
   * @return the row and its cosine
   * @throws InputException if the embedding is none, or of another width
   */
  public Choice choose(float[] embedding) {
    float[] wanted = unit(embedding, "the embedding");
    int best = 0;
    double bestCosine = Double.NEGATIVE_INFINITY;
    for (int row = 0; row < unit.length; row++) {
      double cosine = 0;
      for (int d = 0; d < dimensions; d++) {
        cosine += (double) unit[row][d] * wanted[d];
      }
      if (cosine > bestCosine) {
        best = row;
        bestCosine = cosine;
      }
    }
    return new Choice(best, Math.max(-1, Math.min(1, bestCosine)));
  }

  /**
   * The nearest picture.
   *
   * @param embedding {@code [dimensions]}, finite, not zero
   * @return the picture of the gallery, not a copy
   * @throws InputException if the embedding is none, of another width, or the picture is damaged
   */
  public BufferedImage generate(float[] embedding) {
    return gallery.picture(choose(embedding).row());
  }

  private float[] unit(float[] embedding, String name) {
    if (embedding.length != dimensions) {
      throw new InputException(
          "%s must have the gallery's width; values=%d, width=%d; was it made by another encoder?"
              .formatted(name, embedding.length, dimensions));
    }
    double squares = 0;
    for (int d = 0; d < dimensions; d++) {
      if (!Float.isFinite(embedding[d])) {
        throw new InputException(
            "%s must be finite; values[%d]=%s".formatted(name, d, embedding[d]));
      }
      squares += (double) embedding[d] * embedding[d];
    }
    if (squares == 0) {
      throw new InputException(name + " must not be zero: it points nowhere");
    }
    float[] scaled = Arrays.copyOf(embedding, dimensions);
    double norm = Math.sqrt(squares);
    for (int d = 0; d < dimensions; d++) {
      scaled[d] = (float) (scaled[d] / norm);
    }
    return scaled;
  }
}
