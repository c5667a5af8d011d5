package org.efferent.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.efferent.decoders.prior.ImagePrior;
import org.efferent.decoders.prior.PriorRows;
import org.efferent.generation.metrics.Features;
import org.efferent.generation.metrics.FrechetDistance;

/**
 * What a prior makes of conditions: how far its embeddings are from true ones as a distribution
 * ({@link FrechetDistance}, squared; one embedding a condition, so that it has as many rows as the
 * conditions have), and how near the mean of several is to the embedding that belongs (cosine).
 *
 * <p>Conditions of the embeddings' width are held to the same, as they are and at the length that
 * embeddings have on average: an encoder that learned by cosines says nothing about lengths.
 */
final class PriorScore {
  /** Embeddings of a condition whose mean is compared. */
  static final int SAMPLES = 10;

  private final PriorRows rows;
  private final float[] samples;
  private final int width;

  /** Draws the embeddings. */
  PriorScore(ImagePrior prior, PriorRows rows, long seed) {
    this.rows = rows;
    this.width = rows.targetWidth();
    this.samples = prior.sampleRows(rows.conditions(), SAMPLES, seed);
  }

  Map<String, Object> figures() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("rows", rows.size());
    Features truth = features(rows.targets());
    double ofPrior = FrechetDistance.squared(features(firsts()), truth);
    Map<String, Object> prior = new LinkedHashMap<>();
    prior.put("frechet", ofPrior);
    prior.put("cosineOfOne", cosine(firsts()));
    prior.put("cosineOfMeanOf" + SAMPLES, cosine(means()));
    out.put("prior", prior);
    if (rows.conditionWidth() == width) {
      double raw = FrechetDistance.squared(features(rows.conditions()), truth);
      double rescaled = FrechetDistance.squared(features(rescaled()), truth);
      Map<String, Object> encoder = new LinkedHashMap<>();
      encoder.put("frechet", raw);
      encoder.put("frechetRescaled", rescaled);
      encoder.put("cosine", cosine(rows.conditions()));
      out.put("encoder", encoder);
      out.put("ratio", ofPrior / raw);
      out.put("ratioRescaled", ofPrior / rescaled);
    }
    List<float[]> distinct = distinct();
    if (distinct.size() >= 4) {
      out.put("distinctTargets", distinct.size());
      out.put("frechetOfHalves", FrechetDistance.squared(half(distinct, 0), half(distinct, 1)));
    }
    return out;
  }

  /** One line for people. */
  static String line(String name, Map<String, Object> figures) {
    Map<?, ?> prior = (Map<?, ?>) figures.get("prior");
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: Fréchet distance to true embeddings %.4f, cosine of the mean of %d %.3f"
            .formatted(
                name,
                number(prior, "frechet"),
                SAMPLES,
                number(prior, "cosineOfMeanOf" + SAMPLES)));
    if (figures.get("encoder") instanceof Map<?, ?> encoder) {
      text.append(
          "; encoder alone %.4f (%.4f at their length), cosine %.3f; ratio %.3f (%.3f)"
              .formatted(
                  number(encoder, "frechet"),
                  number(encoder, "frechetRescaled"),
                  number(encoder, "cosine"),
                  number(figures, "ratio"),
                  number(figures, "ratioRescaled")));
    }
    return text.append(", %d rows".formatted((int) number(figures, "rows"))).toString();
  }

  private static double number(Map<?, ?> of, String name) {
    return ((Number) of.get(name)).doubleValue();
  }

  private Features features(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return new Features(values.length / width, width, wide);
  }

  private float[] firsts() {
    float[] out = new float[rows.size() * width];
    for (int r = 0; r < rows.size(); r++) {
      System.arraycopy(samples, r * SAMPLES * width, out, r * width, width);
    }
    return out;
  }

  private float[] means() {
    float[] out = new float[rows.size() * width];
    for (int i = 0; i < samples.length; i++) {
      out[i / (SAMPLES * width) * width + i % width] += samples[i] / SAMPLES;
    }
    return out;
  }

  /** Mean cosine with the embeddings that belong. */
  private double cosine(float[] made) {
    double sum = 0;
    for (int from = 0; from < made.length; from += width) {
      double lengths = length(made, from) * length(rows.targets(), from);
      double product = 0;
      for (int d = from; d < from + width; d++) {
        product += (double) made[d] * rows.targets()[d];
      }
      sum += lengths > 0 ? product / lengths : 0;
    }
    return sum / rows.size();
  }

  private double length(float[] of, int from) {
    double squares = 0;
    for (int d = from; d < from + width; d++) {
      squares += (double) of[d] * of[d];
    }
    return Math.sqrt(squares);
  }

  /** The conditions, each at the mean length of the embeddings. */
  private float[] rescaled() {
    double mean = 0;
    for (int r = 0; r < rows.size(); r++) {
      mean += length(rows.targets(), r * width) / rows.size();
    }
    float[] out = rows.conditions().clone();
    for (int r = 0; r < rows.size(); r++) {
      double factor = mean / Math.max(length(out, r * width), 1e-12);
      for (int d = r * width; d < (r + 1) * width; d++) {
        out[d] = (float) (out[d] * factor);
      }
    }
    return out;
  }

  private List<float[]> distinct() {
    Set<List<Float>> seen = new LinkedHashSet<>();
    List<float[]> out = new ArrayList<>();
    for (int r = 0; r < rows.size(); r++) {
      float[] row = new float[width];
      List<Float> key = new ArrayList<>(width);
      for (int d = 0; d < width; d++) {
        row[d] = rows.targets()[r * width + d];
        key.add(row[d]);
      }
      if (seen.add(key)) {
        out.add(row);
      }
    }
    return out;
  }

  private static Features half(List<float[]> of, int first) {
    List<float[]> half = new ArrayList<>();
    for (int i = first; i < of.size(); i += 2) {
      half.add(of.get(i));
    }
    return Features.of(half.toArray(float[][]::new));
  }
}
