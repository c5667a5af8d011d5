package org.efferent.decoders.prior;

import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.decoders.train.Schedule;

/**
 * How a prior is trained.
 *
 * @param learningRate of Adam
 * @param clipNorm norm that gradients are scaled down to; 0 for never
 * @param schedule of the learning rate
 * @param batch rows of a step
 * @param epochs at most
 * @param patience epochs without a better validation after which training ends; 0 for never
 * @param dropCondition probability that a row's condition is left out, for guidance
 * @param validationDraws noisy copies of a validation row, the same in every epoch
 * @param scaleTargets whether embeddings are standardised: those of unit length are far smaller
 *     than the noise of a diffusion
 * @param scaleConditions whether conditions are standardised
 * @param unitConditions whether conditions are brought to length one before
 * @param seed of weights, order, noise and dropout
 */
public record PriorTraining(
    double learningRate,
    double clipNorm,
    Schedule schedule,
    int batch,
    int epochs,
    int patience,
    double dropCondition,
    int validationDraws,
    boolean scaleTargets,
    boolean scaleConditions,
    boolean unitConditions,
    long seed) {
  /** Checks the numbers. */
  public PriorTraining {
    if (!(learningRate > 0 && learningRate <= 10) || !(clipNorm >= 0)) {
      throw new IllegalArgumentException(
          "learningRate must be above 0, at most 10, and clipNorm not negative; learningRate=%s, clipNorm=%s"
              .formatted(learningRate, clipNorm));
    }
    if (batch < 1 || epochs < 1 || patience < 0 || validationDraws < 1) {
      throw new IllegalArgumentException(
          "batch, epochs and validationDraws must be 1 or more, patience not negative; batch=%d, epochs=%d,"
                  .formatted(batch, epochs)
              + " validationDraws=%d, patience=%d".formatted(validationDraws, patience));
    }
    if (!(dropCondition >= 0 && dropCondition < 1)) {
      throw new IllegalArgumentException(
          "dropCondition must be from 0 to less than 1; dropCondition=" + dropCondition);
    }
  }

  /** Its options in words. */
  Map<String, Object> options() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("learningRate", learningRate);
    out.put("clipNorm", clipNorm);
    out.put("schedule", schedule.kind().word());
    out.put("warmUp", schedule.warmUp());
    out.put("batch", batch);
    out.put("epochs", epochs);
    out.put("patience", patience);
    out.put("dropCondition", dropCondition);
    out.put("seed", seed);
    return out;
  }
}
