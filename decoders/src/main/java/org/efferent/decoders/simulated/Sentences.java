package org.efferent.decoders.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.efferent.decoders.dataset.Split;

/** What is said: processes, features and words of every sentence, drawn anew when asked for. */
final class Sentences {
  private final SimulatedSpeechOptions options;
  private final Smooth smooth;
  private final double[] mean;
  private final double[][] mixing;
  private final long[] seeds;
  private final List<Word> words = new ArrayList<>();

  /**
   * A word with a window.
   *
   * @param sentence from 0
   * @param number in its sentence, from 0, words without a window counted too
   * @param start first sample of the features' window in the sentence
   */
  record Word(int sentence, int number, int start) {}

  /**
   * Draws what all sentences share, and where words are.
   *
   * @param options of the sentences
   * @param random from where
   */
  Sentences(SimulatedSpeechOptions options, SplittableRandom random) {
    this.options = options;
    FeatureOptions features = options.features();
    this.smooth = new Smooth(features.smoothSeconds() * options.rateHz());
    this.mean = Dense.normals(features.dimensions(), random);
    this.mixing = Dense.normals(features.dimensions(), features.rank(), random);
    double size = 0;
    for (double[] row : mixing) {
      for (int r = 0; r < row.length; r++) {
        row[r] /= Math.sqrt(r + 1.0);
      }
      size += Dense.dot(row, row) / mixing.length;
    }
    double scale = Math.sqrt((1 - features.own()) / size);
    for (int d = 0; d < mean.length; d++) {
      mean[d] *= 0.5;
      for (int r = 0; r < features.rank(); r++) {
        mixing[d][r] *= scale;
      }
    }
    SentenceOptions said = options.sentences();
    this.seeds = new long[said.train() + said.validation() + said.test()];
    for (int s = 0; s < seeds.length; s++) {
      seeds[s] = random.nextLong();
      addWords(s);
    }
  }

  /** Length and onsets come first from a sentence's generator. */
  private void addWords(int sentence) {
    SplittableRandom random = new SplittableRandom(seeds[sentence]);
    int samples = samples(random);
    SentenceOptions said = options.sentences();
    double onset = 0;
    for (int number = 0; onset * options.rateHz() < samples; number++) {
      int start = (int) Math.round((onset + options.startSeconds()) * options.rateHz());
      if (start >= 0 && start + options.time() <= samples) {
        words.add(new Word(sentence, number, start));
      }
      double step = said.longestWordSeconds() - said.shortestWordSeconds();
      onset += said.shortestWordSeconds() + step * random.nextDouble();
    }
  }

  private int samples(SplittableRandom random) {
    SentenceOptions said = options.sentences();
    double seconds =
        said.shortestSeconds()
            + (said.longestSeconds() - said.shortestSeconds()) * random.nextDouble();
    return (int) Math.round(seconds * options.rateHz());
  }

  int count() {
    return seeds.length;
  }

  /** Words with a window, in the order of sentences: rows of the target. */
  List<Word> words() {
    return words;
  }

  Split split(int sentence) {
    SentenceOptions said = options.sentences();
    return sentence < said.train()
        ? Split.TRAIN
        : sentence < said.train() + said.validation() ? Split.VALIDATION : Split.TEST;
  }

  int samples(int sentence) {
    return samples(new SplittableRandom(seeds[sentence]));
  }

  /** The longest piece of a brain that any sentence needs. */
  int longest() {
    return (int) Math.ceil(options.sentences().longestSeconds() * options.rateHz())
        + options.shift()
        + 1;
  }

  Smooth smooth() {
    return smooth;
  }

  /** What all features have in common, {@code [dimensions]}. */
  double[] mean() {
    return mean;
  }

  /** From processes to features, {@code [dimensions][rank]}. */
  double[][] mixing() {
    return mixing;
  }

  /**
   * The processes from the sentence's first sample minus the memory to its last plus the shift.
   *
   * @param sentence from 0
   * @return {@code [rank][samples]}
   */
  double[][] processes(int sentence) {
    SplittableRandom random = new SplittableRandom(~seeds[sentence]);
    double[][] out = new double[options.features().rank()][];
    for (int r = 0; r < out.length; r++) {
      out[r] = smooth.draw(options.memory() + samples(sentence) + options.shift(), random);
    }
    return out;
  }

  /**
   * The features.
   *
   * @param sentence from 0
   * @return {@code [dimensions][samples]}
   */
  double[][] features(int sentence) {
    SplittableRandom random = new SplittableRandom(seeds[sentence] * 31 + 7);
    double[][] processes = processes(sentence);
    int samples = samples(sentence);
    double own = Math.sqrt(options.features().own());
    double[][] out = new double[mean.length][];
    for (int d = 0; d < out.length; d++) {
      out[d] = smooth.draw(samples, random);
      for (int t = 0; t < samples; t++) {
        out[d][t] = mean[d] + own * out[d][t];
        for (int r = 0; r < processes.length; r++) {
          out[d][t] += mixing[d][r] * processes[r][options.memory() + t];
        }
      }
    }
    return out;
  }
}
