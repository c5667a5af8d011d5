package org.efferent.acquisition.simulate;

import java.util.ArrayList;
import java.util.List;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.XmlElement;
import org.efferent.core.ChannelInfo;
import org.efferent.core.StreamInfo;

/**
 * The voltage of a few electrodes in cortex, microvolt, as an amplifier digitises it before any
 * filter: spikes of cosine-tuned units during centre-out reaches, noise, a local field potential.
 *
 * <p><b>The truth</b> is two streams. {@code <name>-truth} has an event a spike, stamped with the
 * moment of its trough, which need not be that of a sample: {@code unit} and {@code electrode},
 * both counted from 0, and {@code amplitude}, the depth of the trough in microvolts (to a percent).
 * {@code <name>-movement} has what the units are tuned to, 100 times a second: {@code x}, {@code y}
 * (1.0 is the shortest side of the screen), {@code vx}, {@code vy} (1 is the top speed). The {@code
 * desc} has the units' tuning, as {@link SpikeCountSimulation} has it. Noise is not told.
 */
public final class VoltageSimulation implements Simulation {
  private static final double MOVEMENT_HZ = 100;
  private static final double FILTER_SECONDS = 0.25;
  private static final double CUT_HZ = 7500;

  private final VoltageOptions voltage;
  private final SpikeTrains trains;
  private final Timeline timeline;
  private final double[] amplitudes;
  private final double[] widths;
  private final ColouredNoise[] noises;
  private final double[] scratch = new double[EegPart.BLOCK];
  private final double[] second = new double[EegPart.BLOCK];
  private final SimulatedSignal signal;
  private final SimulatedEvents spikes;
  private final SimulatedSignal movement;

  /**
   * A simulation.
   *
   * @param options units and movement
   * @param voltage electrodes and noise
   * @param seed of movement, spikes and noise
   */
  public VoltageSimulation(SpikeOptions options, VoltageOptions voltage, long seed) {
    this.voltage = voltage;
    Published published = new Published("voltage", options.name(), seed);
    timeline = new Timeline(voltage.rateHz(), 0);
    Reaches reaches = new Reaches(options.reachSeconds(), options.restSeconds(), seed);
    trains = new SpikeTrains(options, reaches, seed);
    int units = options.units().size();
    amplitudes = new double[units];
    widths = new double[units];
    List<List<Double>> values = new ArrayList<>();
    long key = Draws.key(seed, "shapes");
    for (int u = 0; u < units; u++) {
      // The first unit of an electrode is near it, the others are farther away.
      double near = u < voltage.electrodes() ? 90 : 55;
      amplitudes[u] = near * (1 + 0.6 * Draws.uniform(key, 2L * u));
      widths[u] = 0.8 + 0.6 * Draws.uniform(key, 2L * u + 1);
      values.add(List.of((double) u, (double) electrode(u), amplitudes[u]));
    }
    noises = new ColouredNoise[(voltage.electrodes() + 1) / 2];
    for (int e = 0; e < noises.length; e++) {
      noises[e] = noise(Draws.key(Draws.key(seed, "electrodes"), e));
    }
    List<XmlElement> told = SpikeCountSimulation.describe(options, reaches);
    List<String> labels = new ArrayList<>();
    for (int e = 1; e <= voltage.electrodes(); e++) {
      labels.add("electrode " + e);
    }
    StreamInfo info =
        published.info(
            "", "Voltage", voltage.rateHz(), Published.channels(labels, "Voltage", "microvolts"));
    signal =
        new SimulatedSignal(
            published.numbers(info, ChannelFormat.FLOAT32, told), info, timeline, this::fill);
    List<ChannelInfo> truths =
        List.of(
            new ChannelInfo("unit", "Truth", ""),
            new ChannelInfo("electrode", "Truth", ""),
            new ChannelInfo("amplitude", "Truth", "microvolts"));
    spikes =
        new SimulatedEvents(
            published.numbers(
                published.info("-truth", "Truth", 0, truths), ChannelFormat.DOUBLE64, told),
            (from, to) -> trains.events(from, to, values));
    movement = movement(published, reaches, told);
  }

  private static SimulatedSignal movement(
      Published published, Reaches reaches, List<XmlElement> told) {
    Timeline times = new Timeline(MOVEMENT_HZ, 0);
    StreamInfo info =
        published.info(
            "-movement",
            "Truth",
            MOVEMENT_HZ,
            Published.channels(List.of("x", "y", "vx", "vy"), "Truth", ""));
    double[] state = new double[4];
    return new SimulatedSignal(
        published.numbers(info, ChannelFormat.DOUBLE64, told),
        info,
        times,
        (from, count, into, offset) -> {
          for (int i = 0; i < count; i++) {
            reaches.at(times.time(from + i), state);
            System.arraycopy(state, 0, into, offset + 4 * i, 4);
          }
        });
  }

  /** Noise of two electrodes, each of variance 1. */
  private ColouredNoise noise(long key) {
    double fieldPower = 0;
    double noisePower = 0;
    for (double hz = 0.5; hz < voltage.rateHz() / 2; hz++) {
      fieldPower += field(hz);
      noisePower += cut(hz);
    }
    double a = voltage.fieldMicrovolt() * voltage.fieldMicrovolt() / fieldPower;
    double b = voltage.noiseMicrovolt() * voltage.noiseMicrovolt() / noisePower;
    return ColouredNoise.twoOf(
        key,
        voltage.rateHz(),
        FILTER_SECONDS,
        a + b == 0 ? hz -> 1 : hz -> Math.sqrt(a * field(hz) + b * cut(hz)));
  }

  /** Power of the field: flat up to 4 Hz, then 1/f². */
  private static double field(double hz) {
    double f = Math.max(1, hz / 4);
    return 1 / (f * f);
  }

  private static double cut(double hz) {
    return 1 / (1 + StrictMath.pow(hz / CUT_HZ, 8));
  }

  private int electrode(int unit) {
    return unit % voltage.electrodes();
  }

  private void fill(long from, int count, double[] into, int offset) {
    int channels = voltage.electrodes();
    double rms = Math.hypot(voltage.noiseMicrovolt(), voltage.fieldMicrovolt());
    for (int done = 0; done < count; done += scratch.length) {
      int n = Math.min(scratch.length, count - done);
      for (int e = 0; e < channels; e++) {
        double[] noise = e % 2 == 0 ? scratch : second;
        if (e % 2 == 0) {
          noises[e / 2].fill(from + done, n, scratch, second);
        }
        for (int i = 0; i < n; i++) {
          into[offset + (done + i) * channels + e] = rms * noise[i];
        }
      }
      addSpikes(from + done, n, into, offset + done * channels);
    }
  }

  private void addSpikes(long from, int count, double[] into, int offset) {
    double begin = timeline.time(from) - SpikeShape.AFTER;
    double end = timeline.time(from + count) + SpikeShape.BEFORE;
    for (int u = 0; u < amplitudes.length; u++) {
      for (double spike : trains.between(u, begin, end)) {
        long first = Math.max(from, timeline.sampleAt(spike - SpikeShape.BEFORE));
        long last = Math.min(from + count, timeline.sampleAt(spike + SpikeShape.AFTER));
        for (long s = first; s < last; s++) {
          int at = offset + (int) (s - from) * voltage.electrodes() + electrode(u);
          into[at] += amplitudes[u] * SpikeShape.at(timeline.time(s) - spike, widths[u]);
        }
      }
    }
  }

  @Override
  public SimulatedSignal signal() {
    return signal;
  }

  @Override
  public List<SimulatedStream> truth() {
    return List.of(spikes, movement);
  }

  /** The spikes as events: unit, electrode, amplitude. */
  public SimulatedEvents spikes() {
    return spikes;
  }
}
