package org.efferent.acquisition.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;

/** EEG against its truth, with measures of its own. */
class EegSimulationTest {
  private static final EegActivity SILENCE = new EegActivity(0, 1, 0, List.of());
  private static final EegOptions FEW =
      EegOptions.DEFAULTS.withElectrodes(List.of("Fpz", "Fz", "C3", "Cz", "C4", "Pz", "Oz"));
  private static final EegOptions EMPTY =
      FEW.withActivity(SILENCE).withArtefacts(EegArtefacts.NONE);

  private static EegActivity only(Oscillation... oscillations) {
    return new EegActivity(0, 1, 0, List.of(oscillations));
  }

  private static EegArtefacts line(double hz, double microvolt) {
    return new EegArtefacts(0, 0, 0, 0, hz, microvolt, 0);
  }

  @Test
  void samplesDoNotDependOnHowTheyAreRead() {
    EegOptions everything =
        FEW.withImagery(MotorImagery.DEFAULTS)
            .withArtefacts(new EegArtefacts(30, 120, 15, 10, 50, 2, 10))
            .withBad(Map.of("Pz", BadChannel.NOISY, "Fz", BadChannel.SATURATED))
            .withFaults(new StreamFaults(0.7, 9, 150));
    EegSimulation one = new EegSimulation(everything, 5);
    EegSimulation two = new EegSimulation(everything, 5);
    Signals.sameInWhateverPortions(one.signal(), two.signal(), 6000);
    Signals.sameInWhateverPortions(one.sources(), two.sources(), 6000);
    assertThat(two.markers().orElseThrow().between(0, 100))
        .isEqualTo(one.markers().orElseThrow().between(0, 100));
    EegSimulation other = new EegSimulation(everything, 6);
    assertThat(Signals.rows(other.signal(), 0, 10)).isNotEqualTo(Signals.rows(one.signal(), 0, 10));
  }

  @Test
  void aRecordingIsTheSameSignal() {
    EegOptions options = FEW.withImagery(MotorImagery.DEFAULTS);
    EegSimulation live = new EegSimulation(options, 2);
    try (Recording recording = new EegSimulation(options, 2).recording(40)) {
      assertThat(recording.rows()).isEqualTo(10_000);
      assertThat(recording.info().channels().get(2).label()).isEqualTo("C3");
      assertThat(recording.info().channels().get(2).unit()).isEqualTo("microvolts");
      assertThat(recording.info().channels().get(2).position()).isPresent();
      double[] stamps = new double[3];
      recording.readStamps(9_997, 3, stamps, 0);
      assertThat(stamps).containsExactly(39.988, 39.992, 39.996);
      assertThat(recording.load().values()).containsExactly(Signals.rows(live.signal(), 0, 10_000));
      assertThat(recording.markers())
          .isEqualTo(live.markers().orElseThrow().markers(0, 40))
          .hasSizeGreaterThan(8);
      assertThatThrownBy(() -> recording.read(9_999, 2, new double[14], 0))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void theSignalIsTheSumOfItsSources() {
    EegOptions options =
        FEW.withActivity(new EegActivity(0, 1, 0, EegActivity.DEFAULTS.oscillations()))
            .withArtefacts(new EegArtefacts(20, 120, 10, 10, 50, 0, 0));
    EegSimulation eeg = new EegSimulation(options, 1);
    int rows = 5000;
    double[] sum = new double[rows * 7];
    SimulatedSignal truth = eeg.sources();
    for (int c = 0; c < truth.info().channelCount(); c++) {
      String label = truth.info().channels().get(c).label();
      if (!label.endsWith(" amplitude") && !label.equals("class")) {
        double[] source = Signals.channel(truth, label, rows);
        assertThat(Signals.rms(source)).as(label).isPositive();
        double[] weights = eeg.weights(label);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += weights[i % 7] * source[i / 7];
        }
      }
    }
    assertThat(Signals.difference(Signals.rows(eeg.signal(), 0, rows), sum)).isLessThan(1e-9);
    // Where a source is strongest its weight is 1, and it falls from there.
    assertThat(eeg.weights("theta")[1]).isCloseTo(1, within(1e-12));
    assertThat(eeg.weights("mu left")[2]).isCloseTo(1, within(1e-12));
    assertThat(eeg.weights("mu left")[3]).isBetween(0.05, 0.5);
    assertThat(eeg.weights("mu left")[4]).isLessThan(0.01);
  }

  @Test
  void anEnvelopeIsThatOfItsRhythm() {
    Oscillation alpha = new Oscillation("alpha", "Oz", 10, 8);
    EegSimulation eeg = new EegSimulation(EMPTY.withActivity(only(alpha)), 3);
    int rows = 250 * 400;
    double[] value = Signals.channel(eeg.sources(), "alpha", rows);
    double[] amplitude = Signals.channel(eeg.sources(), "alpha amplitude", rows);
    assertThat(Signals.rms(value)).isCloseTo(8, within(0.4));
    assertThat(Signals.difference(Signals.channel(eeg.signal(), "Oz", rows), value))
        .isLessThan(1e-12);
    int crests = 0;
    int touching = 0;
    for (int i = 1; i < rows - 1; i++) {
      assertTrue(Math.abs(value[i]) <= amplitude[i] * (1 + 1e-12), () -> "above its envelope");
      if (value[i] > value[i - 1] && value[i] > value[i + 1] && amplitude[i] > 8) {
        crests++;
        touching += value[i] > 0.95 * amplitude[i] ? 1 : 0;
      }
    }
    // But for the step of a sample and the change of the envelope.
    assertThat(touching).isGreaterThan(crests * 99 / 100).isGreaterThan(1000);
    double[] power = Signals.spectrum(value, 250);
    int peak = 1;
    for (int hz = 2; hz < 125; hz++) {
      peak = power[hz] > power[peak] ? hz : peak;
    }
    assertThat(peak).isEqualTo(10);
    assertThat(power[10]).isGreaterThan(1000 * power[16]);
  }

  @Test
  void aSineIsPureAndBurstsComeAndGo() {
    Oscillation sine = new Oscillation("sine", "Oz", 30, 12, 0, 10, 0, 0, Hemisphere.NONE);
    EegSimulation eeg = new EegSimulation(EMPTY.withActivity(only(sine)), 1);
    double[] oz = Signals.channel(eeg.signal(), "Oz", 2500);
    assertThat(Signals.amplitude(oz, 250, 12)).isCloseTo(10 * Math.sqrt(2), within(1e-9));
    assertThat(Signals.amplitude(oz, 250, 13)).isLessThan(1e-9);
    assertThat(Signals.channel(eeg.sources(), "sine amplitude", 9))
        .containsExactly(fill(9, 10 * Math.sqrt(2)), within(1e-12));
    Oscillation bursts = new Oscillation("beta", "Oz", 30, 20, 4, 10, 0.5, 0.4, Hemisphere.NONE);
    EegSimulation bursting = new EegSimulation(EMPTY.withActivity(only(bursts)), 1);
    double[] amplitude = Signals.channel(bursting.sources(), "beta amplitude", 250 * 400);
    long there = Arrays.stream(amplitude).filter(a -> a > 0).count();
    assertThat(there / (double) amplitude.length).isCloseTo(0.2, within(0.03));
  }

  private static double[] fill(int n, double value) {
    double[] x = new double[n];
    Arrays.fill(x, value);
    return x;
  }

  @Test
  void theBackgroundFallsAsItShouldAndNeighboursShareIt() {
    EegOptions options =
        EMPTY
            .withElectrodes(List.of("Fz", "FCz", "Cz", "Oz", "T7", "T8"))
            .withActivity(new EegActivity(10, 1.5, 0, List.of()));
    EegSimulation eeg = new EegSimulation(options, 9);
    int rows = 250 * 600;
    double[] fz = Signals.channel(eeg.signal(), "Fz", rows);
    assertThat(Signals.rms(fz)).isCloseTo(10, within(1.0));
    double[] power = Signals.spectrum(fz, 250);
    double slope =
        Math.log10((power[59] + power[60] + power[61]) / (power[5] + power[6] + power[7]));
    assertThat(slope).isCloseTo(-1.5, within(0.12));
    double[] fcz = Signals.channel(eeg.signal(), "FCz", rows);
    double[] cz = Signals.channel(eeg.signal(), "Cz", rows);
    double[] oz = Signals.channel(eeg.signal(), "Oz", rows);
    // 18, 36 and 108 degrees apart.
    assertThat(Signals.correlation(fz, fcz)).isBetween(0.85, 0.99);
    assertThat(Signals.correlation(fz, cz)).isBetween(0.6, 0.85);
    assertThat(Signals.correlation(fz, oz)).isBetween(-0.3, 0.3);
  }

  @Test
  void theMainsHaveTheirFrequencyWhateverTheDevicesClock() {
    EegSimulation eeg = new EegSimulation(EMPTY.withArtefacts(line(50, 4)), 1);
    int rows = 250 * 20;
    double[] expected = eeg.lineMicrovolts();
    assertThat(Signals.mean(expected)).isBetween(2.0, 7.0);
    double[] all = Signals.rows(eeg.signal(), 0, rows);
    for (int c = 0; c < expected.length; c++) {
      double[] x = Signals.column(all, 7, c);
      assertThat(Signals.amplitude(x, 250, 50)).isCloseTo(expected[c], within(1e-9));
      assertThat(Signals.amplitude(x, 250, 100)).isCloseTo(0.15 * expected[c], within(1e-9));
      assertThat(Signals.amplitude(x, 250, 60)).isLessThan(1e-9);
    }
    // A device that samples 1 % too fast sees 50 Hz as 49.505 of its own hertz.
    EegSimulation fast =
        new EegSimulation(
            EMPTY.withArtefacts(line(50, 4)).withFaults(new StreamFaults(0, 0, 10_000)), 1);
    double[] x = Signals.channel(fast.signal(), "Cz", 250 * 101);
    assertThat(Signals.amplitude(x, 250 * 1.01, 50)).isCloseTo(expected[3], within(1e-6));
    assertThat(Signals.amplitude(x, 250, 50)).isLessThan(0.1);
    assertThat(fast.signal().time(252_500)).isCloseTo(1000, within(1e-9));
  }

  @Test
  void sixtyHertzAndHarmonicsBelowHalfTheRateOnly() {
    EegSimulation eeg = new EegSimulation(EMPTY.withRate(500).withArtefacts(line(60, 4)), 1);
    double[] x = Signals.channel(eeg.signal(), "Cz", 5000);
    double fundamental = eeg.lineMicrovolts()[3];
    assertThat(Signals.amplitude(x, 500, 60)).isCloseTo(fundamental, within(1e-9));
    assertThat(Signals.amplitude(x, 500, 180)).isCloseTo(0.3 * fundamental, within(1e-9));
    assertThat(Signals.amplitude(x, 500, 240)).isCloseTo(0.08 * fundamental, within(1e-9));
    // 300 Hz would be seen at 200 Hz.
    assertThat(Signals.amplitude(x, 500, 200)).isLessThan(1e-9);
  }

  @Test
  void blinksAreWhereTheTruthSays() {
    EegSimulation eeg =
        new EegSimulation(EMPTY.withArtefacts(new EegArtefacts(15, 120, 0, 0, 50, 0, 0)), 4);
    List<Blink> blinks = eeg.blinks(0, 1200);
    assertThat(blinks.size() / 20.0).isCloseTo(15, within(1.5));
    int rows = 250 * 1200;
    double[] fpz = Signals.channel(eeg.signal(), "Fpz", rows);
    double[] told = Signals.channel(eeg.sources(), "blink", rows);
    assertThat(Signals.difference(fpz, told)).isLessThan(1e-9);
    boolean[] during = new boolean[rows];
    for (Blink blink : blinks) {
      assertThat(blink.seconds()).isBetween(0.28, 0.42);
      int first = (int) Math.ceil(blink.start() * 250);
      int last = Math.min(rows - 1, (int) Math.floor((blink.start() + blink.seconds()) * 250));
      Arrays.fill(during, first, last + 1, true);
      int peak = (int) Math.round(blink.peak() * 250);
      if (peak < rows) {
        assertThat(fpz[peak]).isCloseTo(blink.microvolt(), within(0.01 * blink.microvolt()));
      }
    }
    for (int i = 0; i < rows; i++) {
      assertTrue(during[i] || fpz[i] == 0, () -> "a blink that is not told");
    }
    // A third at Fz at the most, next to nothing behind.
    assertThat(eeg.weights("blink")[0]).isCloseTo(1, within(1e-12));
    assertThat(eeg.weights("blink")[1]).isBetween(0.1, 0.4);
    assertThat(eeg.weights("blink")[5]).isLessThan(0.01);
  }

  @Test
  void musclesAreFastAndTemporal() {
    EegOptions options =
        EMPTY
            .withElectrodes(List.of("T7", "Cz", "T8"))
            .withRate(500)
            .withArtefacts(new EegArtefacts(0, 0, 20, 10, 50, 0, 0));
    EegSimulation eeg = new EegSimulation(options, 2);
    int rows = 500 * 300;
    double[] t7 = Signals.channel(eeg.signal(), "T7", rows);
    double[] amplitude = Signals.channel(eeg.sources(), "muscle left amplitude", rows);
    double told = Math.sqrt(Arrays.stream(amplitude).map(a -> a * a).average().orElseThrow());
    assertThat(Signals.rms(t7)).isCloseTo(told, within(0.05 * told));
    assertThat(Arrays.stream(amplitude).filter(a -> a > 0).count() / (double) rows)
        .isCloseTo(1 / 3.0, within(0.05));
    double[] power = Signals.spectrum(t7, 500);
    assertThat(power[60]).isGreaterThan(10 * power[8]);
    assertThat(Signals.rms(Signals.channel(eeg.signal(), "Cz", rows))).isLessThan(0.1 * told);
  }

  @Test
  void imaginedMovementsWeakenTheOppositeHemisphere() {
    EegActivity mu =
        only(
            new Oscillation("mu left", "C3", 20, 11, 1.5, 8, 0, 0, Hemisphere.LEFT),
            new Oscillation("mu right", "C4", 20, 11, 1.5, 8, 0, 0, Hemisphere.RIGHT),
            new Oscillation("alpha", "Oz", 20, 10, 1.5, 8, 0, 0, Hemisphere.NONE));
    EegSimulation eeg =
        new EegSimulation(EMPTY.withActivity(mu).withImagery(new MotorImagery(3, 4, 0.6, 0.1)), 8);
    int seconds = 2400;
    List<Marker> cues = eeg.markers().orElseThrow().markers(0, seconds);
    assertThat(cues).extracting(Marker::label).containsOnly("left", "right", "rest");
    double[][] power = new double[3][3];
    int[] count = new int[3];
    double[] all = Signals.rows(eeg.signal(), 0, 250 * seconds);
    double[] codes = Signals.channel(eeg.sources(), "class", 250 * seconds);
    for (int k = 0; k + 1 < cues.size(); k++) {
      Marker cue = cues.get(k);
      int code = cue.label().equals("left") ? 1 : cue.label().equals("right") ? 2 : 0;
      double length = code == 0 ? 3 : 4;
      assertThat(cues.get(k + 1).time() - cue.time())
          .isBetween(length - 1e-9, code == 0 ? 5 : 4 + 1e-9);
      count[code]++;
      int from = (int) Math.ceil((cue.time() + 1) * 250);
      for (int i = from; i < from + 500; i++) {
        assertTrue(codes[i] == code, () -> "the code of " + cue);
        for (int s = 0; s < 3; s++) {
          double v = all[i * 7 + new int[] {2, 4, 6}[s]];
          power[code][s] += v * v;
        }
      }
    }
    assertThat(count[1]).isCloseTo(count[2], within(2));
    double rest = power[0][0] / count[0];
    // Amplitudes of 0.4 and 0.9 are powers of 0.16 and 0.81.
    assertThat(power[1][1] / count[1] / rest).isCloseTo(0.16, within(0.03));
    assertThat(power[2][0] / count[2] / rest).isCloseTo(0.16, within(0.03));
    assertThat(power[1][0] / count[1] / rest).isCloseTo(0.81, within(0.12));
    assertThat(power[2][1] / count[2] / rest).isCloseTo(0.81, within(0.12));
    assertThat(power[1][2] / count[1] / (power[0][2] / count[0])).isCloseTo(1, within(0.15));
  }

  @Test
  void ofEachFourTrialsTwoAreLeft() {
    EegSimulation eeg = new EegSimulation(EMPTY.withImagery(MotorImagery.DEFAULTS), 1);
    List<String> classes =
        eeg.markers().orElseThrow().markers(0, 8 * 400).stream()
            .map(Marker::label)
            .filter(label -> !label.equals("rest"))
            .toList();
    assertThat(classes).hasSize(400);
    Set<List<String>> orders = new HashSet<>();
    for (int i = 0; i < 400; i += 4) {
      orders.add(classes.subList(i, i + 4));
      assertThat(classes.subList(i, i + 4)).filteredOn("left"::equals).hasSize(2);
    }
    assertThat(orders).hasSize(6);
  }

  @Test
  void badChannelsAreBad() {
    EegSimulation eeg =
        new EegSimulation(
            FEW.withBad(
                Map.of(
                    "Fz", BadChannel.FLAT,
                    "C3", BadChannel.NAN,
                    "C4", BadChannel.SATURATED,
                    "Pz", BadChannel.NOISY)),
            1);
    int rows = 250 * 60;
    assertThat(Signals.channel(eeg.signal(), "Fz", rows)).containsOnly(0);
    assertThat(Arrays.stream(Signals.channel(eeg.signal(), "C3", rows)).allMatch(Double::isNaN))
        .isTrue();
    double[] c4 = Signals.channel(eeg.signal(), "C4", rows);
    double atRail = Arrays.stream(c4).filter(v -> Math.abs(v) == 3276.7).count() / (double) rows;
    assertThat(atRail).isBetween(0.8, 0.98);
    assertThat(c4).contains(3276.7).contains(-3276.7);
    assertThat(Signals.rms(Signals.channel(eeg.signal(), "Pz", rows))).isCloseTo(150, within(5.0));
    double[] good = Signals.channel(new EegSimulation(FEW, 1).signal(), "Cz", 100);
    assertThat(Signals.channel(eeg.signal(), "Cz", 100)).containsExactly(good);
    assertThat(eeg.signal().lsl().fullXml().replaceAll(">\\s+<", "><"))
        .contains("<bad><channel>C3</channel><how>nan</how></bad>");
  }

  @Test
  void lostPacketsLeaveGapsInTimeAndTheTruthHasAll() {
    EegOptions lossy = FEW.withFaults(new StreamFaults(2, 10, 0));
    EegSimulation eeg = new EegSimulation(lossy, 1);
    EegSimulation whole = new EegSimulation(FEW, 1);
    double[] all = Signals.rows(whole.signal(), 0, 5000);
    double[] some = Signals.rows(eeg.signal(), 0, 4900);
    int gaps = 0;
    for (int row = 0; row < 4900; row++) {
      int sample = (int) eeg.signal().sample(row);
      assertThat(some[row * 7 + 3]).isEqualTo(all[sample * 7 + 3]);
      assertThat(eeg.signal().time(row)).isEqualTo(sample / 250.0);
      gaps += row > 0 && eeg.signal().sample(row - 1) < sample - 1 ? 1 : 0;
    }
    assertThat(gaps).isEqualTo(10);
    assertThat(eeg.sources().rowAt(20)).isEqualTo(5000);
    assertThat(eeg.signal().rowAt(20)).isEqualTo(4900);
  }

  @Test
  void driftIsSlow() {
    EegSimulation eeg =
        new EegSimulation(EMPTY.withArtefacts(new EegArtefacts(0, 0, 0, 0, 50, 0, 20)), 1);
    double[] x = Signals.channel(eeg.signal(), "Cz", 250 * 2000);
    assertThat(Signals.rms(x)).isBetween(13.0, 21.0);
    double most = 0;
    for (int i = 1; i < x.length; i++) {
      most = Math.max(most, Math.abs(x[i] - x[i - 1]));
    }
    assertThat(most).isLessThan(0.1);
  }

  @Test
  void electrodesAreChosenFromTheWholeHead() {
    assertThat(EegOptions.electrodes(8))
        .containsExactly("Fz", "C3", "Cz", "C4", "Pz", "PO7", "PO8", "Oz");
    assertThat(EegOptions.electrodes(22))
        .containsSubsequence("Fp1", "Fp2", "F7", "Fz", "F8", "T7", "C3", "Cz", "T8", "P7", "Oz");
    assertThat(EegOptions.electrodes(32)).hasSize(32).doesNotHaveDuplicates();
    List<String> many = EegOptions.electrodes(256);
    assertThat(many).hasSize(256).doesNotHaveDuplicates();
    assertThat(new EegSimulation(EMPTY.withElectrodes(many), 0).signal().info().channelCount())
        .isEqualTo(256);
  }

  @Test
  void theDescriptionTellsChannelsAndSources() {
    String xml = new EegSimulation(FEW, 11).signal().lsl().fullXml().replaceAll(">\\s+<", "><");
    assertThat(xml)
        .contains(
            "<label>C3</label><unit>microvolts</unit><type>EEG</type><location><X>-49.9617</X><Y>0</Y>")
        .contains("<simulation><kind>eeg</kind><seed>11</seed>")
        .contains("<name>theta</name><frequency>6</frequency><width>1.5</width><rms>5</rms>")
        .contains("<line><frequency>50</frequency><amplitudes>");
  }

  @Test
  void whatCannotBeSimulatedIsTold() {
    assertThatThrownBy(() -> new EegSimulation(FEW.withElectrodes(List.of("Cz", "Q9")), 0))
        .isInstanceOf(UsageException.class)
        .hasMessage("an electrode is one of the 10-05 system, such as Cz or FC5h; electrode='Q9'");
    assertThatThrownBy(() -> new EegSimulation(FEW.withElectrodes(List.of("Cz", "Cz")), 0))
        .hasMessage("an electrode is named once; electrode='Cz'");
    assertThatThrownBy(() -> EegOptions.electrodes(0))
        .hasMessageMatching("EEG has 1 to \\d+ channels, the 10-05 system; channels=0");
    assertThatThrownBy(() -> FEW.withBad(Map.of("T7", BadChannel.FLAT)))
        .hasMessage(
            "a bad channel is one of the electrodes; channel='T7',"
                + " electrodes=Fpz,Fz,C3,Cz,C4,Pz,Oz");
    assertThatThrownBy(() -> FEW.withRate(10))
        .hasMessage("rateHz must lie in 64 to 20000; rateHz=10.0");
    assertThatThrownBy(() -> FEW.withElectrodes(List.of()))
        .hasMessage("EEG has a name and at least one electrode; name='SimEEG', electrodes=[]");
    Oscillation fast = new Oscillation("gamma", "Cz", 200, 1);
    assertThatThrownBy(() -> FEW.withActivity(only(fast)))
        .hasMessage("gamma.frequencyHz must lie in 0.5 to 125; gamma.frequencyHz=200.0");
    assertThatThrownBy(() -> only(fast, fast))
        .hasMessage("each oscillation has a name of its own; names=[gamma, gamma]");
    assertThatThrownBy(() -> new EegArtefacts(100, 0, 0, 0, 50, 0, 0))
        .hasMessage("blinksPerMinute must lie in 0 to 40; blinksPerMinute=100.0");
    assertThatThrownBy(() -> new MotorImagery(0, 4, 0.5, 0))
        .hasMessage("restSeconds must lie in 1 to 3600; restSeconds=0.0");
    assertThatThrownBy(() -> new EegSimulation(FEW, 0).recording(-1))
        .hasMessage("a simulated recording lasts 0 to 10000000 seconds; seconds=-1.0");
  }
}
