package org.efferent.decoders.prior;

import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.decoders.encoder.OptionReader;
import org.efferent.decoders.train.Schedule;

/**
 * A configuration file of a prior.
 *
 * <table>
 *   <caption>Its entries</caption>
 *   <tr><th>entry</th><th>content</th></tr>
 *   <tr><td>{@code about}</td><td>words for people, such as the paper</td></tr>
 *   <tr><td>{@code seed}</td><td>a whole number; 0</td></tr>
 *   <tr><td>{@code prior}</td><td>hidden, timeWidth, dropout; embedding and condition are the data's</td></tr>
 *   <tr><td>{@code diffusion}</td><td>kind, steps, first, last: {@link DiffusionOptions}</td></tr>
 *   <tr><td>{@code rows}</td><td>fit: train, validation or both, whose windows it learns from; heldOut, share of the validation images that choose the epoch
 *       (all for train, a tenth otherwise); repetitions: single or averaged; target, the data's first</td></tr>
 *   <tr><td>{@code scaling}</td><td>targets and conditions: standard or none; unitConditions</td></tr>
 *   <tr><td>{@code optimiser}</td><td>learningRate, clipNorm; Adam</td></tr>
 *   <tr><td>{@code schedule}</td><td>kind constant, cosine or one-cycle, warmUp</td></tr>
 *   <tr><td>{@code training}</td><td>batch, epochs, patience, dropCondition, validationDraws</td></tr>
 *   <tr><td>{@code sampling}</td><td>method ddpm or ddim, steps, guidance: {@link SamplingOptions}</td></tr>
 * </table>
 */
public final class PriorConfig {
  /** Whose windows a prior learns from. */
  public enum Fit {
    /** Those that the encoder has learned from. */
    TRAIN,
    /** Those that the encoder has not learned from, but the held-out ones. */
    VALIDATION,
    /** Both, but the held-out ones. */
    BOTH
  }

  private final Map<String, Object> all;
  private final String where;
  private final Map<String, Object> prior;
  private final DiffusionOptions diffusion;
  private final SamplingOptions sampling;
  private final PriorTraining training;
  private final Fit fit;
  private final double heldOut;
  private final boolean averaged;
  private final String target;

  private PriorConfig(OptionReader in) {
    this.all = new LinkedHashMap<>(in.values());
    in.ignore("about");
    long seed = in.whole("seed", 0);
    this.where = in.path("prior");
    this.prior = in.map("prior").values();
    this.diffusion = DiffusionOptions.of(in.map("diffusion"));
    this.sampling = SamplingOptions.of(in.map("sampling"));
    if (sampling.steps() > diffusion.steps()) {
      throw in.map("sampling")
          .wrong("steps", "at most those of the diffusion, " + diffusion.steps());
    }
    OptionReader rows = in.map("rows");
    this.fit =
        switch (rows.word("fit", "train")) {
          case "train" -> Fit.TRAIN;
          case "validation" -> Fit.VALIDATION;
          case "both" -> Fit.BOTH;
          default -> throw rows.wrong("fit", "train, validation or both");
        };
    this.heldOut = rows.number("heldOut", fit == Fit.TRAIN ? 1 : 0.1);
    if (!(heldOut > 0 && (heldOut < 1 || (heldOut == 1 && fit == Fit.TRAIN)))) {
      throw rows.wrong("heldOut", "above 0 and below 1, or 1 with fit: train");
    }
    this.averaged = isFirst(rows, "repetitions", "averaged", "single", false);
    this.target = rows.word("target", "");
    rows.end();
    this.training = training(in, seed);
    in.end();
  }

  /** Whether a word is the first of two. */
  private static boolean isFirst(
      OptionReader in, String name, String first, String second, boolean otherwise) {
    String word = in.word(name, otherwise ? first : second);
    if (!word.equals(first) && !word.equals(second)) {
      throw in.wrong(name, first + " or " + second);
    }
    return word.equals(first);
  }

  private static PriorTraining training(OptionReader in, long seed) {
    OptionReader optimiser = in.map("optimiser");
    OptionReader training = in.map("training");
    OptionReader scaling = in.map("scaling");
    Schedule schedule = Schedule.of(in.map("schedule"));
    try {
      PriorTraining made =
          new PriorTraining(
              optimiser.number("learningRate", 1e-3),
              optimiser.number("clipNorm", 1),
              schedule,
              training.whole("batch", 256),
              training.whole("epochs", 150),
              training.whole("patience", 0),
              training.number("dropCondition", 0.1),
              training.whole("validationDraws", 8),
              isFirst(scaling, "targets", "standard", "none", true),
              isFirst(scaling, "conditions", "standard", "none", true),
              scaling.yes("unitConditions", true),
              seed);
      optimiser.end();
      training.end();
      scaling.end();
      return made;
    } catch (IllegalArgumentException e) {
      throw new InputException(in.path("training") + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a configuration.
   *
   * @param values what the file holds
   * @param where its name, for messages
   * @return the configuration
   * @throws InputException if an entry is unknown or impossible
   */
  public static PriorConfig of(Map<String, Object> values, String where) {
    PriorConfig made = new PriorConfig(new OptionReader(where, values));
    made.prior(1, 1);
    return made;
  }

  /** All entries as they came. */
  public Map<String, Object> values() {
    return new LinkedHashMap<>(all);
  }

  /**
   * The network.
   *
   * @param embedding numbers of an embedding, where the file does not say
   * @param condition numbers of a condition, where the file does not say
   * @return the network
   */
  public DiffusionPrior prior(int embedding, int condition) {
    return new DiffusionPrior(
        PriorOptions.of(new OptionReader(where, prior), embedding, condition));
  }

  /** How noise grows. */
  public DiffusionOptions diffusion() {
    return diffusion;
  }

  /** How embeddings are drawn. */
  public SamplingOptions sampling() {
    return sampling;
  }

  /** How it is trained. */
  public PriorTraining training() {
    return training;
  }

  /** Whose windows it learns from. */
  public Fit fit() {
    return fit;
  }

  /** Share of the validation images that choose the epoch. */
  public double heldOut() {
    return heldOut;
  }

  /** Whether repetitions of an image become one condition. */
  public boolean averaged() {
    return averaged;
  }

  /** Name of the target; empty for the data's first. */
  public String target() {
    return target;
  }
}
