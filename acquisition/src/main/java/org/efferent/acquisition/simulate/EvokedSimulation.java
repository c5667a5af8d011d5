package org.efferent.acquisition.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.XmlElement;
import org.efferent.core.ChannelInfo;
import org.efferent.core.StreamInfo;

/**
 * Responses evoked by stimuli, in a simulated EEG, in microvolts. The stimuli are markers at their
 * true moment, which need not be that of a sample. In a trial a channel sees, t seconds after the
 * marker, {@code amplitude × Σ microvolt × weight × exp(−(t − shift − latency)²/(2 width²))} over
 * the components of its class.
 *
 * <p><b>The truth</b>, stream {@code <name>-truth}, has an event a stimulus with the marker's
 * stamp: {@code class}, counted from 0 in the order of the {@code desc} (below {@code
 * simulation/class}, with the components and their weights); {@code amplitude}, the factor on the
 * class's template, 1 on average; {@code shift}, by how many seconds the response came late. The
 * average over trials, locked to the markers, tends to {@link #expected}, which is the template but
 * for the latency's jitter. The noise is the EEG that is given by the seed; it is not told.
 */
public final class EvokedSimulation implements Simulation {
  private static final double WINDOW_SECONDS = 0.6;
  private static final double STEP_SECONDS = 0.001;

  private final EvokedOptions options;
  private final EvokedResponses responses;
  private final double noiseFactor;
  private final SimulatedSignal signal;
  private final SimulatedEvents markers;
  private final SimulatedEvents truth;

  /**
   * A simulation.
   *
   * @param options what is simulated
   * @param seed of all that is random
   * @throws org.efferent.core.UsageException if an electrode is unknown
   */
  public EvokedSimulation(EvokedOptions options, long seed) {
    this.options = options;
    EegOptions eeg = options.eeg();
    Published published = new Published("evoked", eeg.name(), seed);
    Timeline timeline = new Timeline(eeg.rateHz(), 0, eeg.faults(), seed);
    EvokedTrials trials = new EvokedTrials(options, seed);
    responses = new EvokedResponses(options, trials, timeline);
    Electrodes electrodes = new Electrodes(eeg.electrodes());
    noiseFactor = noiseFactor(electrodes);
    EegOptions noise = eeg.withActivity(eeg.activity().scaled(noiseFactor));
    EegGenerator generator = new EegGenerator(noise, timeline, seed, List.of(responses));
    List<XmlElement> told = new ArrayList<>(EegSimulation.describe(noise, generator));
    told.addAll(describe(electrodes));
    StreamInfo info = published.info("", "EEG", eeg.rateHz(), electrodes.channels());
    signal =
        new SimulatedSignal(
            published.numbers(info, ChannelFormat.FLOAT32, told), info, timeline, generator::fill);
    markers =
        new SimulatedEvents(published.markers(told), (from, to) -> trials.between(from, to, false));
    List<ChannelInfo> channels =
        List.of(
            new ChannelInfo("class", "Truth", ""),
            new ChannelInfo("amplitude", "Truth", ""),
            new ChannelInfo("shift", "Truth", "s"));
    StreamInfo truthInfo = published.info("-truth", "Truth", 0, channels);
    truth =
        new SimulatedEvents(
            published.numbers(truthInfo, ChannelFormat.DOUBLE64, told),
            (from, to) -> trials.between(from, to, true));
  }

  /** What scales the activity to the signal-to-noise ratio that is wanted. */
  private double noiseFactor(Electrodes electrodes) {
    if (options.snrDecibel().isEmpty()) {
      return 1;
    }
    double strongest = 0;
    int channel = 0;
    for (int k = 0; k < options.classes().size(); k++) {
      for (int c = 0; c < electrodes.count(); c++) {
        double rms = responseRms(k, c);
        if (rms > strongest) {
          strongest = rms;
          channel = c;
        }
      }
    }
    double noise = activityRms(options.eeg().activity(), electrodes, channel);
    double ratio = StrictMath.pow(10, options.snrDecibel().getAsDouble() / 20);
    return strongest == 0 || noise == 0 ? 1 : strongest / ratio / noise;
  }

  private double responseRms(int which, int channel) {
    double sum = 0;
    int steps = (int) Math.round(WINDOW_SECONDS / STEP_SECONDS);
    for (int i = 0; i < steps; i++) {
      double v = responses.response(which, channel, (i + 0.5) * STEP_SECONDS, 0);
      sum += v * v;
    }
    return Math.sqrt(sum / steps);
  }

  /** Root mean square of what the brain does, in the long run; bursts count with their share. */
  private static double activityRms(EegActivity activity, Electrodes electrodes, int channel) {
    double power =
        activity.backgroundMicrovolt() * activity.backgroundMicrovolt()
            + activity.sensorMicrovolt() * activity.sensorMicrovolt();
    for (Oscillation o : activity.oscillations()) {
      double gain =
          electrodes.gains(Electrodes.direction(o.electrode()), o.spreadDegrees())[channel];
      // The mean of sin⁴, with which a burst swells and fades, is 3/8.
      double share = o.burstsPerSecond() == 0 ? 1 : o.burstsPerSecond() * o.burstSeconds() * 3 / 8;
      power += share * gain * gain * o.rmsMicrovolt() * o.rmsMicrovolt();
    }
    return Math.sqrt(power);
  }

  private List<XmlElement> describe(Electrodes electrodes) {
    List<XmlElement> told = new ArrayList<>();
    for (EvokedClass one : options.classes()) {
      List<XmlElement> fields = new ArrayList<>();
      fields.add(XmlElement.of("label", one.label()));
      for (EvokedComponent c : one.components()) {
        fields.add(
            XmlElement.of(
                "component",
                List.of(
                    XmlElement.of("name", c.name()),
                    Published.number("latency", c.latencySeconds()),
                    Published.number("width", c.widthSeconds()),
                    Published.number("microvolt", c.microvolt()),
                    Published.numbers(
                        "weights",
                        electrodes.gains(
                            Electrodes.direction(c.electrode()), c.spreadDegrees())))));
      }
      told.add(XmlElement.of("class", fields));
    }
    return told;
  }

  /**
   * What a trial of a class answers that is neither early nor late, neither large nor small.
   *
   * @param which index of the class
   * @param channel index of the electrode
   * @param sinceStimulus seconds
   * @return microvolt
   */
  public double template(int which, int channel, double sinceStimulus) {
    return responses.response(which, channel, sinceStimulus, 0);
  }

  /**
   * What the average over trials of a class tends to: the template, smeared by the jitter of the
   * latency.
   *
   * @param which index of the class
   * @param channel index of the electrode
   * @param sinceStimulus seconds
   * @return microvolt
   */
  public double expected(int which, int channel, double sinceStimulus) {
    return responses.response(which, channel, sinceStimulus, options.latencyJitterSeconds());
  }

  /** The factor that the brain's activity was scaled with. */
  public double noiseFactor() {
    return noiseFactor;
  }

  /**
   * Root mean square of the brain's activity, without responses and artefacts.
   *
   * @param channel index of the electrode
   * @return microvolt
   */
  public double noiseRms(int channel) {
    return noiseFactor
        * activityRms(
            options.eeg().activity(), new Electrodes(options.eeg().electrodes()), channel);
  }

  @Override
  public SimulatedSignal signal() {
    return signal;
  }

  /** The stimuli, by the labels of their classes. */
  @Override
  public Optional<SimulatedEvents> markers() {
    return Optional.of(markers);
  }

  @Override
  public List<SimulatedStream> truth() {
    return List.of(truth);
  }

  /** The truth as events: class, amplitude, shift. */
  public SimulatedEvents trials() {
    return truth;
  }
}
