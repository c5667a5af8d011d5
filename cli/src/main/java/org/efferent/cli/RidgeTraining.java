package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.efferent.core.InputException;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.encoder.OptionReader;
import org.efferent.decoders.evaluate.LinearBaseline;
import org.efferent.decoders.train.ChannelScaling;
import org.efferent.decoders.train.Ranks;
import org.efferent.decoders.train.TrainingConfig;

/**
 * A configuration whose architecture is ridge: the linear decoder, fitted on the training examples.
 * Its only option is {@code perSubject}, whether every subject has a regression of its own; false.
 */
final class RidgeTraining {
  /** The description of what the regressions take: channels, rate, centre, scale, clamp. */
  static final String INPUT = "ridge-input.json";

  private final WindowDataset data;
  private final String target;
  private final EncoderInput input;
  private final int[] subjects;

  /**
   * What is to be fitted.
   *
   * @param data windows and targets
   * @param target name of the target
   * @param input how windows are scaled
   * @param perSubject whether every subject has a regression of its own
   */
  RidgeTraining(WindowDataset data, String target, EncoderInput input, boolean perSubject) {
    this.data = data;
    this.target = target;
    this.input = input;
    this.subjects = perSubject ? LinearBaseline.subjects(data) : new int[] {LinearBaseline.ALL};
    if (!data.targets().containsKey(target)) {
      throw new InputException(
          "%s: has no target '%s'; it has %s"
              .formatted(data.folder(), target, data.targets().keySet()));
    }
  }

  static RidgeTraining of(TrainingConfig config, WindowDataset data, OutputOptions output) {
    OptionReader options = config.encoderOptions();
    boolean perSubject = options.yes("perSubject", false);
    options.end();
    List<String> notes = new ArrayList<>();
    int[] training = data.indices(Split.TRAIN);
    EncoderInput input = ChannelScaling.fit(data, training, config.options(), notes);
    notes.forEach(note -> output.note("%s", note));
    output.note("ridge, %d training examples", training.length);
    return new RidgeTraining(data, config.target(data), input, perSubject);
  }

  /** How windows are scaled. */
  EncoderInput input() {
    return input;
  }

  /**
   * Fits the regressions one after the other, so that one alone is in memory.
   *
   * @param examples that they predict
   * @param out where they are written; null for nowhere
   * @param about told of penalties, seconds and files
   * @return predictions, {@code [examples × row of the target]}, row-major
   */
  float[] run(int[] examples, Path out, Map<String, Object> about) {
    Set<Integer> known = new TreeSet<>();
    Map<Integer, Double> penalties = new TreeMap<>();
    List<String> files = new ArrayList<>();
    boolean atEdge = false;
    long begin = System.nanoTime();
    float[] made = new float[0];
    for (int subject : subjects) {
      LinearBaseline fitted = LinearBaseline.fit(data, target, input, subject);
      made = made.length == 0 ? new float[examples.length * fitted.width()] : made;
      fitted.predict(examples, made);
      known.add(subject);
      penalties.put(subject, fitted.penalty());
      atEdge |= fitted.atEdge();
      if (out != null) {
        files.add(fitted.write(out, true).toString());
      }
    }
    for (int example : examples) {
      int subject = data.example(example).subject();
      if (!known.contains(LinearBaseline.ALL) && !known.contains(subject)) {
        throw new InputException(
            "%s: subject %d has no training examples and so no regression; those of %s have one"
                .formatted(data.folder(), subject, known));
      }
    }
    about.put("penalties", penalties);
    about.put("atEdge", atEdge);
    about.put("seconds", (System.nanoTime() - begin) / 1e9);
    if (out != null) {
      about.put("files", files);
      writeInput(out);
    }
    return made;
  }

  private void writeInput(Path out) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("labels", input.labels());
    description.put("rateHz", input.rateHz());
    description.put("time", input.time());
    description.put("centre", input.centre());
    description.put("scale", input.scale());
    description.put("clamp", input.clamp());
    RunRecord.writeText(out.resolve(INPUT), OutputOptions.toJson(description) + "\n", true);
  }

  /** Ranks the first examples by predictions of {@link #run}. */
  Ranks ranks(int[] examples, float[] predictions) {
    return Ranks.ofExamples(data, target, examples, predictions);
  }
}
