package org.efferent.decoders.evoked;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.commons.math3.stat.StatUtils;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;

/**
 * Scores each run by decoders that learned from the other runs. Trials with large artefacts are
 * left out of learning; of the run that is scored every trial counts, as a live decoder has to
 * answer for every stimulus.
 *
 * @param peakToPeakMicrovolt the largest difference within an epoch of a trial that is learned from
 */
public record LeaveOneRunOut(double peakToPeakMicrovolt) {
  /** Checks the limit. */
  public LeaveOneRunOut {
    if (!(peakToPeakMicrovolt > 0)) {
      throw new UsageException(
          "the limit of artefacts must be above 0 µV; peakToPeakMicrovolt=" + peakToPeakMicrovolt);
    }
  }

  /**
   * Trains and scores, run by run.
   *
   * @param runs at least two, each of one run number of its own
   * @param decoders by name
   * @param progress told of each decoder and run before it is trained
   * @return a score a decoder, in their order
   * @throws InputException where what is left to learn from has fewer than two trials of a class
   */
  public List<EvokedScore> score(
      List<EvokedTrials> runs,
      Map<String, EvokedTraining> decoders,
      BiConsumer<String, Integer> progress) {
    if (runs.size() < 2) {
      throw new UsageException("leaving a run out needs two runs at least; runs=" + runs.size());
    }
    Map<String, List<EvokedScore.Fold>> folds = new LinkedHashMap<>();
    decoders.keySet().forEach(name -> folds.put(name, new ArrayList<>()));
    for (int held = 0; held < runs.size(); held++) {
      EvokedTrials training = training(runs, held);
      for (Map.Entry<String, EvokedTraining> decoder : decoders.entrySet()) {
        progress.accept(decoder.getKey(), held);
        EvokedDecoder fitted = decoder.getValue().fit(training);
        folds
            .get(decoder.getKey())
            .add(
                new EvokedScore.Fold(
                    runs.get(held).labels(),
                    fitted.scores(runs.get(held).epochs()),
                    Math.sqrt(StatUtils.variance(fitted.scores(training.epochs())))));
      }
    }
    List<EvokedScore> scores = new ArrayList<>();
    folds.forEach((name, own) -> scores.add(new EvokedScore(name, own)));
    return scores;
  }

  private EvokedTrials training(List<EvokedTrials> runs, int held) {
    List<EvokedTrials> others = new ArrayList<>(runs);
    others.remove(held);
    EvokedTrials training = EvokedTrials.of(others).within(peakToPeakMicrovolt);
    if (training.count(0) < 2 || training.count(1) < 2) {
      throw new InputException(
          "learning needs two trials of each class within %s µV; there are %d and %d: check the unit of the signal or raise the limit"
              .formatted(peakToPeakMicrovolt, training.count(0), training.count(1)));
    }
    return training;
  }
}
