package org.efferent.generation;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.core.UsageException;

/**
 * The semantic and the low-level branch in one picture (Li et al. 2024, "Visual decoding and
 * reconstruction via EEG embeddings with guided diffusion"): the semantic generator draws the
 * embedding, and may start from the latent of the low-level branch; the low-level generator decodes
 * that latent; the pixels are {@code share · low level + (1 − share) · semantic}, in the 8 bits of
 * the pictures, in the semantic picture's size.
 *
 * <p>What goes in is the embedding and, behind it, the latent.
 */
public final class MixedGenerator implements Generator {
  private final String name;
  private final Generator semantic;
  private final Generator lowLevel;
  private final double share;
  private final OptionalDouble strength;

  /**
   * A mix, which owns its generators.
   *
   * @param name what it is called in reports
   * @param semantic draws the embedding
   * @param lowLevel draws the latent
   * @param share of the low-level picture in the pixels, from 0 (not decoded then) to 1
   * @param strength with which the semantic generator starts from the latent; empty for none
   * @throws UnsupportedInputException if there is a strength and the semantic generator starts from
   *     no latent
   * @throws InputException if it starts from latents of another size
   */
  public MixedGenerator(
      String name, Generator semantic, Generator lowLevel, double share, OptionalDouble strength) {
    if (!(share >= 0 && share <= 1)) {
      throw new UsageException("share must be from 0 to 1; share=" + share);
    }
    if (strength.isPresent()) {
      List<Integer> shape =
          semantic
              .startsFrom()
              .orElseThrow(
                  () ->
                      new UnsupportedInputException(
                          "%s: starts from no latent, so strength must not be given; strength=%s"
                              .formatted(semantic.name(), strength.getAsDouble())));
      int numbers = shape.stream().reduce(1, Math::multiplyExact);
      if (numbers != lowLevel.width()) {
        throw new InputException(
            "%s starts from latents %s, but %s takes %d numbers: both must be latents of one autoencoder"
                .formatted(semantic.name(), shape, lowLevel.name(), lowLevel.width()));
      }
    }
    this.name = name;
    this.semantic = semantic;
    this.lowLevel = lowLevel;
    this.share = share;
    this.strength = strength;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int width() {
    return semantic.width() + lowLevel.width();
  }

  @Override
  public void check(float[] both) {
    if (both.length != width()) {
      throw new InputException(
          "a mix must be given the embedding of %s and, behind it, the latent of %s, %d + %d numbers; numbers=%d"
              .formatted(
                  semantic.name(),
                  lowLevel.name(),
                  semantic.width(),
                  lowLevel.width(),
                  both.length));
    }
    semantic.check(embedding(both));
    try {
      lowLevel.check(latent(both));
    } catch (InputException e) {
      throw new InputException("the latent behind the embedding: " + e.getMessage(), e);
    }
  }

  @Override
  public Picture generate(float[] both, long seed) {
    check(both);
    Optional<InitialLatent> start =
        strength.isPresent()
            ? Optional.of(new InitialLatent(latent(both), strength.getAsDouble()))
            : Optional.empty();
    Picture seen = semantic.generate(embedding(both), start, seed);
    Map<String, String> words = new LinkedHashMap<>();
    words.put("Generator", name);
    seen.provenance().forEach((key, word) -> words.put("Semantic " + key, word));
    BufferedImage image = seen.image();
    if (share > 0) {
      Picture low = lowLevel.generate(latent(both), seed);
      low.provenance().forEach((key, word) -> words.put("Low-level " + key, word));
      image = mixed(seen.image(), low.image());
    }
    words.put("Low-level share", Double.toString(share));
    return new Picture(image, words);
  }

  private BufferedImage mixed(BufferedImage seen, BufferedImage low) {
    int width = seen.getWidth();
    int height = seen.getHeight();
    Planes mix =
        Planes.mix(
            Planes.of(seen, 0, 255),
            height,
            width,
            Planes.of(low, 0, 255),
            low.getHeight(),
            low.getWidth(),
            share);
    return mix.picture(0, 255);
  }

  private float[] embedding(float[] both) {
    return Arrays.copyOf(both, semantic.width());
  }

  private float[] latent(float[] both) {
    return Arrays.copyOfRange(both, semantic.width(), both.length);
  }

  @Override
  public void close() {
    semantic.close();
    lowLevel.close();
  }
}
