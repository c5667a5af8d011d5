package org.efferent.acquisition.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.XmlElement;
import org.efferent.core.ChannelInfo;
import org.efferent.core.StreamInfo;

/**
 * EEG in microvolts, against a reference that sees nothing: a background 1/fᵃ that neighbours
 * share, rhythms, blinks, muscles, mains, drift; imagined movements, bad channels, losses and a
 * clock that drifts at choice.
 *
 * <p><b>The truth</b>, stream {@code <name>-truth}, has a row for every sample of the device, lost
 * ones too, and says
 *
 * <ul>
 *   <li>for each source (rhythm, {@code blink}, {@code muscle left}, {@code muscle right}) what it
 *       does, in microvolts at the place where it is strongest. An electrode sees that times its
 *       weight, which the {@code desc} of both streams lists (below {@code simulation/source}, in
 *       the order of the channels); the EEG is the sum over the sources, plus background, mains and
 *       drift;
 *   <li>for each rhythm, beside it, {@code <source> amplitude}: its envelope in microvolts, which
 *       is the magnitude of its analytic signal; for each muscle the root mean square that its
 *       noise has at the moment. Blinks are 0 but while they last; {@link #blinks} lists them;
 *   <li>{@code class}: 0 at rest, 1 while the left hand is imagined, 2 while the right one is. The
 *       amplitudes of the sensorimotor rhythms have the weakening in them already.
 * </ul>
 *
 * The amplitude of the mains in each channel is in the {@code desc} ({@code line}), bad channels
 * too ({@code bad}). Background, sensor noise and drift are not told, but given by the seed.
 */
public final class EegSimulation implements Simulation {
  private final EegGenerator generator;
  private final SimulatedSignal signal;
  private final SimulatedEvents markers;
  private final SimulatedSignal truth;

  /**
   * A simulation.
   *
   * @param options what is simulated
   * @param seed of all that is random
   * @throws org.efferent.core.UsageException if an electrode is unknown
   */
  public EegSimulation(EegOptions options, long seed) {
    Published published = new Published("eeg", options.name(), seed);
    Timeline timeline = new Timeline(options.rateHz(), 0, options.faults(), seed);
    generator = new EegGenerator(options, timeline, seed, List.of());
    List<XmlElement> told = describe(options, generator);
    StreamInfo info =
        published.info("", "EEG", options.rateHz(), generator.electrodes().channels());
    signal =
        new SimulatedSignal(
            published.numbers(info, ChannelFormat.FLOAT32, told), info, timeline, generator::fill);
    markers =
        generator.trials().exist()
            ? new SimulatedEvents(published.markers(told), generator.trials()::between)
            : null;
    List<ChannelInfo> channels = new ArrayList<>();
    for (String label : generator.truthLabels()) {
      channels.add(new ChannelInfo(label, "Truth", label.equals("class") ? "" : "microvolts"));
    }
    StreamInfo truthInfo = published.info("-truth", "Truth", options.rateHz(), channels);
    truth =
        new SimulatedSignal(
            published.numbers(truthInfo, ChannelFormat.DOUBLE64, told),
            truthInfo,
            timeline.complete(),
            generator::fillTruth);
  }

  /** What the stream descriptions say. */
  static List<XmlElement> describe(EegOptions options, EegGenerator generator) {
    List<XmlElement> told = new ArrayList<>();
    for (EegSource source : generator.sources()) {
      List<XmlElement> fields = new ArrayList<>();
      fields.add(XmlElement.of("name", source.name()));
      for (Oscillation o : options.activity().oscillations()) {
        if (o.name().equals(source.name())) {
          fields.add(Published.number("frequency", o.frequencyHz()));
          fields.add(Published.number("width", o.widthHz()));
          fields.add(Published.number("rms", o.rmsMicrovolt()));
        }
      }
      fields.add(Published.numbers("weights", source.gains()));
      told.add(XmlElement.of("source", fields));
    }
    told.add(
        XmlElement.of(
            "line",
            List.of(
                Published.number("frequency", options.artefacts().lineHz()),
                Published.numbers("amplitudes", generator.surroundings().lineMicrovolts()))));
    options
        .bad()
        .forEach(
            (label, how) ->
                told.add(
                    XmlElement.of(
                        "bad",
                        List.of(
                            XmlElement.of("channel", label),
                            XmlElement.of("how", how.name().toLowerCase(Locale.ROOT))))));
    return told;
  }

  @Override
  public SimulatedSignal signal() {
    return signal;
  }

  /** The cues {@code left} and {@code right} and the {@code rest} after them, if there are any. */
  @Override
  public Optional<SimulatedEvents> markers() {
    return Optional.ofNullable(markers);
  }

  @Override
  public List<SimulatedStream> truth() {
    return List.of(truth);
  }

  /** The truth as a signal; its rows are the device's samples. */
  public SimulatedSignal sources() {
    return truth;
  }

  /**
   * The weights with which the electrodes see a source.
   *
   * @param source its name
   * @return {@code [electrodes]}
   */
  public double[] weights(String source) {
    return generator.sources().stream()
        .filter(s -> s.name().equals(source))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no source is called '" + source + "'"))
        .gains()
        .clone();
  }

  /** Amplitude of the mains in each electrode at its fundamental, microvolt. */
  public double[] lineMicrovolts() {
    return generator.surroundings().lineMicrovolts();
  }

  /**
   * The blinks that begin in a stretch of time.
   *
   * @param from seconds from the start of the simulation
   * @param to seconds, exclusive
   * @return in order of time
   */
  public List<Blink> blinks(double from, double to) {
    return generator.blinks().between(from, to);
  }
}
