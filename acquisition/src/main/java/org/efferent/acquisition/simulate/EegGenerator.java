package org.efferent.acquisition.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All parts of a simulated EEG, summed. */
final class EegGenerator {
  private final Electrodes electrodes;
  private final Timeline timeline;
  private final ImageryTrials trials;
  private final Surroundings surroundings;
  private final Blinks blinks;
  private final List<EegSource> sources = new ArrayList<>();
  private final List<EegPart> parts = new ArrayList<>();
  private final int truthChannels;
  private final double[] value = new double[EegPart.BLOCK];
  private final double[] amplitude = new double[EegPart.BLOCK];

  /**
   * An EEG.
   *
   * @param extra what is added before channels go bad
   */
  EegGenerator(EegOptions options, Timeline timeline, long seed, List<EegPart> extra) {
    this.timeline = timeline;
    electrodes = new Electrodes(options.electrodes());
    trials = new ImageryTrials(options.imagery(), seed);
    EegArtefacts artefacts = options.artefacts();
    for (Oscillation oscillation : options.activity().oscillations()) {
      if (oscillation.rmsMicrovolt() > 0) {
        sources.add(new Rhythm(oscillation, electrodes, timeline, trials, seed));
      }
    }
    blinks = new Blinks(artefacts, electrodes, timeline, seed);
    if (artefacts.blinksPerMinute() > 0) {
      sources.add(blinks);
    }
    if (artefacts.musclePerMinute() > 0) {
      sources.add(new Muscle("muscle left", "T7", artefacts, electrodes, timeline, seed));
      sources.add(new Muscle("muscle right", "T8", artefacts, electrodes, timeline, seed));
    }
    surroundings = new Surroundings(artefacts, electrodes, timeline, seed);
    parts.add(new Background(options.activity(), electrodes, options.rateHz(), seed));
    sources.forEach(source -> parts.add(new SourcePart(source)));
    truthChannels = truthLabels().size();
    parts.add(surroundings);
    parts.addAll(extra);
    parts.add(new BadChannels(options.bad(), electrodes, timeline, seed));
  }

  Electrodes electrodes() {
    return electrodes;
  }

  ImageryTrials trials() {
    return trials;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Blinks blinks() {
    return blinks;
  }

  /** What the brain and the body do: the truth. */
  List<EegSource> sources() {
    return sources;
  }

  /** As {@link SimulatedSignal.Generator#fill}: the EEG, {@code [count × electrodes]}. */
  void fill(long from, int count, double[] into, int offset) {
    int channels = electrodes.count();
    Arrays.fill(into, offset, offset + count * channels, 0);
    for (int done = 0; done < count; done += EegPart.BLOCK) {
      int n = Math.min(EegPart.BLOCK, count - done);
      for (EegPart part : parts) {
        part.add(from + done, n, into, offset + done * channels);
      }
    }
  }

  /** Labels of the truth: value and amplitude of every source, the class. */
  List<String> truthLabels() {
    List<String> labels = new ArrayList<>();
    for (EegSource source : sources) {
      labels.add(source.name());
      if (source.hasAmplitude()) {
        labels.add(source.name() + " amplitude");
      }
    }
    labels.add("class");
    return labels;
  }

  /** As {@link SimulatedSignal.Generator#fill}: the truth. */
  void fillTruth(long from, int count, double[] into, int offset) {
    int channels = truthChannels;
    for (int done = 0; done < count; done += EegPart.BLOCK) {
      int n = Math.min(EegPart.BLOCK, count - done);
      int start = offset + done * channels;
      int column = 0;
      for (EegSource source : sources) {
        source.fill(from + done, n, value, amplitude);
        copy(value, n, into, start + column++, channels);
        if (source.hasAmplitude()) {
          copy(amplitude, n, into, start + column++, channels);
        }
      }
      for (int i = 0; i < n; i++) {
        into[start + i * channels + column] = trials.code(timeline.time(from + done + i));
      }
    }
  }

  private static void copy(double[] from, int count, double[] into, int at, int stride) {
    for (int i = 0; i < count; i++) {
      into[at + i * stride] = from[i];
    }
  }
}
