package org.efferent.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.prior.ImagePrior;
import org.efferent.generation.Generator;
import org.efferent.generation.InitialLatent;
import org.efferent.generation.Picture;

/**
 * An image prior before a generator: what an encoder said becomes an embedding as images have them,
 * drawn by chance, and that a picture. Numbers behind the embedding (a low-level branch's latent)
 * go on as they are.
 */
final class PriorGenerator implements Generator {
  private final Generator next;
  private final Compute compute;
  private final ImagePrior prior;
  private final String source;
  private final int condition;
  private final int embedding;

  private PriorGenerator(Generator next, Compute compute, ImagePrior prior, String source) {
    this.next = next;
    this.compute = compute;
    this.prior = prior;
    this.source = source;
    this.condition = prior.file().options().condition();
    this.embedding = prior.file().options().embedding();
  }

  /**
   * Puts a prior before a generator.
   *
   * @param file of {@code encoder prior}
   * @param next owned, also if this fails
   * @throws InputException if it is no prior, or draws embeddings of another width
   */
  static Generator open(Path file, Generator next) {
    Compute compute = null;
    ImagePrior prior = null;
    boolean whole = false;
    try {
      compute = Compute.open(new ComputeOptions("cpu", 1, Precision.SINGLE));
      prior = ImagePrior.open(file, compute);
      PriorGenerator made = new PriorGenerator(next, compute, prior, file.toString());
      if (made.embedding > next.width()) {
        throw new InputException(
            "%s: draws embeddings of %d numbers; %s takes %d"
                .formatted(file, made.embedding, next.name(), next.width()));
      }
      whole = true;
      return made;
    } finally {
      if (!whole) {
        if (prior != null) {
          prior.close();
        }
        if (compute != null) {
          compute.close();
        }
        next.close();
      }
    }
  }

  @Override
  public String name() {
    return next.name();
  }

  @Override
  public int width() {
    return condition + next.width() - embedding;
  }

  @Override
  public void check(float[] given) {
    if (given.length != width()) {
      throw new InputException(
          "an embedding for the prior of %s must have %d numbers; numbers=%d"
              .formatted(name(), width(), given.length));
    }
    for (int i = 0; i < given.length; i++) {
      if (!Float.isFinite(given[i])) {
        throw new InputException(
            "an embedding must be finite; number %d is %s".formatted(i, given[i]));
      }
    }
  }

  @Override
  public Picture generate(float[] given, long seed) {
    return generate(given, Optional.empty(), seed);
  }

  @Override
  public Optional<List<Integer>> startsFrom() {
    return next.startsFrom();
  }

  @Override
  public Picture generate(float[] given, Optional<InitialLatent> start, long seed) {
    check(given);
    float[] drawn = prior.sample(Arrays.copyOf(given, condition), 1, seed)[0];
    float[] all = Arrays.copyOf(drawn, next.width());
    System.arraycopy(given, condition, all, embedding, next.width() - embedding);
    return next.generate(fitted(all), start, seed)
        .with("Prior", source)
        .with("Seed", Long.toString(seed));
  }

  /** Generators of CLIP embeddings want length 1, which a draw has only nearly. */
  private float[] fitted(float[] drawn) {
    try {
      next.check(drawn);
      return drawn;
    } catch (InputException asItIs) {
      double square = 0;
      for (int i = 0; i < embedding; i++) {
        square += (double) drawn[i] * drawn[i];
      }
      float[] unit = drawn.clone();
      for (int i = 0; i < embedding; i++) {
        unit[i] = (float) (unit[i] / Math.sqrt(square));
      }
      return unit;
    }
  }

  @Override
  public void close() {
    prior.close();
    compute.close();
    next.close();
  }
}
