package org.efferent.acquisition.simulate;

import java.util.ArrayList;
import java.util.List;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.XmlElement;
import org.efferent.core.ChannelInfo;
import org.efferent.core.StreamInfo;

/**
 * Counts of spikes a bin, {@code [units]}, of cosine-tuned units while a hand makes centre-out
 * reaches. A row's stamp is the middle of its bin.
 *
 * <p><b>The truth</b>, stream {@code <name>-truth}, has a row a bin with the same stamp: {@code x},
 * {@code y}, where the hand is at that moment (1.0 is the shortest side of the screen); {@code vx},
 * {@code vy}, its velocity there, 1 being the top speed, which the {@code desc} tells ({@code
 * topSpeed}, positions a second); and {@code rate 1 … n}, the rate of each unit's tuning there,
 * spikes a second. The counts themselves are exact. The {@code desc} has each unit's preferred
 * direction in radians, baseline and depth in spikes a second.
 */
public final class SpikeCountSimulation implements Simulation {
  private final SpikeTrains trains;
  private final SimulatedSignal signal;
  private final SimulatedSignal truth;

  /**
   * A simulation.
   *
   * @param options units and movement
   * @param binSeconds length of a bin, 1 ms to 10 s
   * @param seed of movement and spikes
   * @throws org.efferent.core.UsageException if the bin is too short or too long
   */
  public SpikeCountSimulation(SpikeOptions options, double binSeconds, long seed) {
    Limits.check("binSeconds", binSeconds, 0.001, 10);
    Published published = new Published("spikes", options.name(), seed);
    double rateHz = 1 / binSeconds;
    Timeline timeline = new Timeline(rateHz, binSeconds / 2);
    Reaches reaches = new Reaches(options.reachSeconds(), options.restSeconds(), seed);
    trains = new SpikeTrains(options, reaches, seed);
    List<XmlElement> told = describe(options, reaches);
    int units = options.units().size();
    List<String> labels = new ArrayList<>();
    List<ChannelInfo> truths =
        new ArrayList<>(Published.channels(List.of("x", "y", "vx", "vy"), "Truth", ""));
    for (int u = 1; u <= units; u++) {
      labels.add("unit " + u);
      truths.add(new ChannelInfo("rate " + u, "Truth", "Hz"));
    }
    StreamInfo info =
        published.info("", "Features", rateHz, Published.channels(labels, "Spikes", "count"));
    signal =
        new SimulatedSignal(
            published.numbers(info, ChannelFormat.FLOAT32, told),
            info,
            timeline,
            (from, count, into, offset) -> {
              for (int i = 0; i < count; i++) {
                double start = (from + i) * binSeconds;
                double end = (from + i + 1) * binSeconds;
                for (int u = 0; u < units; u++) {
                  into[offset + i * units + u] = trains.count(u, start, end);
                }
              }
            });
    StreamInfo truthInfo = published.info("-truth", "Truth", rateHz, truths);
    truth =
        new SimulatedSignal(
            published.numbers(truthInfo, ChannelFormat.DOUBLE64, told),
            truthInfo,
            timeline,
            (from, count, into, offset) -> {
              double[] state = new double[4];
              for (int i = 0; i < count; i++) {
                reaches.at((from + i + 0.5) * binSeconds, state);
                int at = offset + i * (4 + units);
                System.arraycopy(state, 0, into, at, 4);
                for (int u = 0; u < units; u++) {
                  into[at + 4 + u] = options.units().get(u).rateHz(state[2], state[3]);
                }
              }
            });
  }

  /** What the stream descriptions say. */
  static List<XmlElement> describe(SpikeOptions options, Reaches reaches) {
    List<XmlElement> told = new ArrayList<>();
    told.add(Published.number("topSpeed", reaches.topSpeed()));
    told.add(Published.number("refractory", options.refractorySeconds()));
    for (SpikeUnit unit : options.units()) {
      told.add(
          XmlElement.of(
              "unit",
              List.of(
                  Published.number("preferred", unit.preferredRadians()),
                  Published.number("baseline", unit.baselineHz()),
                  Published.number("depth", unit.depthHz()))));
    }
    return told;
  }

  @Override
  public SimulatedSignal signal() {
    return signal;
  }

  @Override
  public List<SimulatedStream> truth() {
    return List.of(truth);
  }

  /** The truth as a signal: movement and rates. */
  public SimulatedSignal movement() {
    return truth;
  }

  /**
   * The spikes that are counted.
   *
   * @param unit from 0
   * @param from seconds from the start of the simulation
   * @param to seconds, exclusive
   * @return their times, in order
   */
  public double[] spikes(int unit, double from, double to) {
    return trains.between(unit, from, to);
  }
}
