package org.efferent.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.efferent.core.UsageException;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.evaluate.LinearBaseline;
import org.efferent.decoders.evaluate.TrfBaseline;
import org.efferent.decoders.simulated.Oracle;
import org.efferent.decoders.simulated.SimulatedData;
import org.efferent.decoders.train.Ranks;
import org.efferent.decoders.train.TrainingConfig;

/** What an encoder is held against on the test examples. */
final class TrainingBaselines {
  private final List<String> wanted;
  private final Optional<SimulatedData> simulated;
  private final Map<String, Object> about = new LinkedHashMap<>();

  /**
   * Checks that they can be had.
   *
   * @param config whose baselines they are
   * @param given those of the command line; empty for the configuration's
   * @param simulated what simulates the data, where something does
   */
  TrainingBaselines(TrainingConfig config, List<String> given, Optional<SimulatedData> simulated) {
    this.wanted = new ArrayList<>(given.isEmpty() ? config.baselines() : given);
    this.simulated = simulated;
    for (String baseline : wanted) {
      if (!TrainingConfig.BASELINES.contains(baseline)) {
        throw new UsageException(
            "--baselines must be of %s; baselines=%s"
                .formatted(TrainingConfig.BASELINES, baseline));
      }
    }
    if (wanted.contains("oracle") && simulated.isEmpty()) {
      throw new UsageException(
          "the oracle knows simulated data alone; leave it out of the baselines, or let data be simulated");
    }
  }

  /**
   * Scores them.
   *
   * @param config of the training
   * @param of the data
   * @param input how windows are scaled
   * @param test the examples
   * @param into where the scores go
   * @param output for remarks
   */
  @SuppressWarnings("TooManyParameters") // What a comparison needs.
  void score(
      TrainingConfig config,
      WindowDataset of,
      EncoderInput input,
      int[] test,
      TestScores into,
      OutputOptions output) {
    String target = config.target(of);
    if (wanted.contains("ridge") && !config.linear()) {
      boolean several = LinearBaseline.subjects(of).length > 1;
      if (several) {
        ridge("ridge of each subject", target, of, input, true, test, into, output);
      }
      ridge(
          several ? "ridge of all subjects" : "ridge",
          target,
          of,
          input,
          false,
          test,
          into,
          output);
    }
    if (wanted.contains("trf")) {
      boolean several = LinearBaseline.subjects(of).length > 1;
      responses(several ? "trf of each subject" : "trf", target, of, input, test, into, output);
    }
    if (wanted.contains("oracle")) {
      output.note("asking the oracle");
      long begin = System.nanoTime();
      Oracle oracle = simulated.orElseThrow().oracle();
      into.add("oracle", Ranks.ofExamples(of, target, test, oracle.embeddings(of, test)));
      into.add(
          "oracle by likelihood",
          Ranks.ofScores(of, test, oracle.logLikelihoods(of, test, Ranks.candidates(of, test))));
      about.put("oracle", Map.of("seconds", seconds(begin)));
    }
  }

  @SuppressWarnings("TooManyParameters") // What a comparison needs.
  private void ridge(
      String name,
      String target,
      WindowDataset of,
      EncoderInput input,
      boolean perSubject,
      int[] test,
      TestScores into,
      OutputOptions output) {
    output.note("fitting %s", name);
    Map<String, Object> words = new LinkedHashMap<>();
    float[] made = new RidgeTraining(of, target, input, perSubject).run(test, null, words);
    into.add(name, Ranks.ofExamples(of, target, test, made));
    // The same predictions, scored without what all targets have in common: often the better.
    into.add(
        name + ", centred",
        Ranks.ofExamples(of, target, test, made, LinearBaseline.meanTarget(of, target)));
    about.put(name, words);
  }

  /** A backward temporal response function of each subject. */
  @SuppressWarnings("TooManyParameters") // What a comparison needs.
  private void responses(
      String name,
      String target,
      WindowDataset of,
      EncoderInput input,
      int[] test,
      TestScores into,
      OutputOptions output) {
    output.note("fitting %s", name);
    long begin = System.nanoTime();
    float[] made = new float[0];
    Map<Integer, Double> penalties = new TreeMap<>();
    boolean atEdge = false;
    for (int subject : LinearBaseline.subjects(of)) {
      TrfBaseline fitted = TrfBaseline.fit(of, target, input, subject);
      made = made.length == 0 ? new float[test.length * fitted.width()] : made;
      fitted.predict(test, made);
      penalties.put(subject, fitted.penalty());
      atEdge |= fitted.atEdge();
    }
    into.add(name, Ranks.ofExamples(of, target, test, made));
    into.add(
        name + ", centred",
        Ranks.ofExamples(of, target, test, made, LinearBaseline.meanTarget(of, target)));
    about.put(name, Map.of("penalties", penalties, "atEdge", atEdge, "seconds", seconds(begin)));
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Words about those that were scored. */
  Map<String, Object> about() {
    return new LinkedHashMap<>(about);
  }
}
