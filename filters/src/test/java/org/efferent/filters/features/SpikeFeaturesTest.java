package org.efferent.filters.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.efferent.core.InputException;
import org.efferent.core.MemoryRecording;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;

class SpikeFeaturesTest {
  private static final double RATE = 30_000;
  private static final int CHANNELS = 8;

  /** Ten seconds of noise that all channels share, noise of each, and spikes on channel 2. */
  private static MemoryRecording voltage(int seconds, int[] spikeRows) {
    int rows = (int) (seconds * RATE);
    double[] values = Material.noise(rows, CHANNELS, 3);
    double[] shared = Material.noise(rows, 1, 4);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < CHANNELS; c++) {
        values[r * CHANNELS + c] = 10 * values[r * CHANNELS + c] + 40 * shared[r] + 3000;
      }
    }
    for (int row : spikeRows) {
      // A trough of 0.2 ms and a slower recovery.
      for (int i = 0; i < 30; i++) {
        double shape =
            -Math.exp(-Math.pow((i - 6) / 3.0, 2)) + 0.3 * Math.exp(-Math.pow((i - 18) / 6.0, 2));
        values[(row + i) * CHANNELS + 2] += 100 * shape;
      }
    }
    return Material.recording(RATE, CHANNELS, values);
  }

  @Test
  void spikesInNoiseAreFound() {
    Random random = new Random(9);
    int[] spikes = new int[200];
    for (int i = 0; i < spikes.length; i++) {
      spikes[i] = 500 + i * 1400 + random.nextInt(900);
    }
    SpikeBand band = SpikeBand.fit(voltage(2, new int[0]), SpikeBandOptions.DEFAULTS);
    assertThat(band.quietChannels()).hasSize(CHANNELS);
    // The shared noise of 40 is gone: what is left is below a channel's own 10.
    assertThat(band.rms()).doesNotContain(0);
    assertThat(Arrays.stream(band.rms()).max().getAsDouble()).isBetween(3.0, 10.0);
    List<FeatureBin> bins =
        FeatureStream.bins(voltage(10, spikes), new ThresholdCrossings(band), BinOptions.DEFAULTS);
    assertThat(bins).hasSize(500);
    double[] truth = new double[500];
    for (int row : spikes) {
      truth[(row + 8) / 600]++;
    }
    double hits = 0;
    double extra = 0;
    double others = 0;
    for (int b = 0; b < 500; b++) {
      double found = bins.get(b).values()[2];
      hits += Math.min(found, truth[b]);
      extra += Math.max(0, found - truth[b]);
      others += bins.get(b).values()[5];
    }
    assertThat(hits / 200).as("hit rate").isGreaterThan(0.97);
    // Gaussian noise crosses -3.5 RMS of this band some ten times a second.
    assertThat(extra / 10).as("false a second").isBetween(2.0, 25.0);
    assertThat(others / 10).as("crossings a second of noise").isBetween(2.0, 25.0);
  }

  @Test
  void aThresholdFurtherOutHasFewerFalseCrossings() {
    SpikeBand band = SpikeBand.fit(voltage(2, new int[0]), SpikeBandOptions.DEFAULTS);
    int[] spikes = {3000, 9000, 15000, 21000, 27000};
    MemoryRecording recording = voltage(1, spikes);
    double[] total = new double[2];
    List<FeatureBin> downwards =
        FeatureStream.bins(recording, new ThresholdCrossings(band, -6, 0.001), BinOptions.DEFAULTS);
    for (FeatureBin bin : downwards) {
      total[0] += bin.values()[2];
      total[1] += Arrays.stream(bin.values()).sum();
    }
    assertThat(total).containsExactly(5, 5);
    // A positive threshold finds in the mirrored signal what the negative one finds in this.
    for (int i = 0; i < recording.values().length; i++) {
      recording.values()[i] *= -1;
    }
    List<FeatureBin> upwards =
        FeatureStream.bins(recording, new ThresholdCrossings(band, 6, 0.001), BinOptions.DEFAULTS);
    for (int b = 0; b < upwards.size(); b++) {
      assertThat(upwards.get(b).values()).isEqualTo(downwards.get(b).values());
    }
  }

  @Test
  void forTheRefractoryTimeNoneIsCounted() {
    SpikeBand band = SpikeBand.fit(voltage(1, new int[0]), new SpikeBandOptions(250, 5000, 4, 0));
    double[] values = new double[1200 * CHANNELS];
    for (int r = 0; r < 1200; r++) {
      // A trough every 0.5 ms on channel 0: 80 in 40 ms.
      values[r * CHANNELS] = r % 15 == 0 ? -1e5 : 0;
    }
    MemoryRecording recording = Material.recording(RATE, CHANNELS, values);
    double fast = 0;
    double slow = 0;
    BinOptions bin = BinOptions.ofSeconds(0.04);
    for (FeatureBin b : FeatureStream.bins(recording, new ThresholdCrossings(band, -3.5, 0), bin)) {
      fast += b.values()[0];
    }
    for (FeatureBin b :
        FeatureStream.bins(recording, new ThresholdCrossings(band, -3.5, 0.001), bin)) {
      slow += b.values()[0];
    }
    assertThat(fast).isBetween(75.0, 80.0);
    assertThat(slow).isBetween(37.0, 40.0);
  }

  @Test
  void powerIsTheMeanSquareOfTheBand() {
    int rows = 30_000;
    double[] values = Material.noise(rows, CHANNELS, 1);
    for (int r = 0; r < rows; r++) {
      values[r * CHANNELS + 1] = 1000 + 50 * Math.sin(2 * Math.PI * 1000 * r / RATE);
    }
    MemoryRecording recording = Material.recording(RATE, CHANNELS, values);
    SpikeBand band = SpikeBand.fit(recording, new SpikeBandOptions(250, 5000, 4, 0));
    MemoryRecording power =
        FeatureStream.features(recording, new SpikeBandPower(band, false), BinOptions.DEFAULTS);
    MemoryRecording log =
        FeatureStream.features(recording, new SpikeBandPower(band, true), BinOptions.DEFAULTS);
    assertThat(power.rows()).isEqualTo(50);
    assertThat(power.info().channels().get(1).label()).isEqualTo("power.2");
    for (int b = 5; b < 50; b++) {
      assertThat(power.row(b)[1]).isCloseTo(1250, within(1.0));
      assertThat(log.row(b)[1]).isEqualTo(Math.log(power.row(b)[1]));
    }
    assertThat(power.stamps()[0]).isCloseTo(100 + 599 / RATE, within(1e-9));
  }

  @Test
  void aDeadChannelIsNoPartOfTheMeanAndSaysNothing() {
    MemoryRecording recording = voltage(1, new int[] {3000});
    for (int r = 0; r < recording.rows(); r++) {
      recording.values()[r * CHANNELS + 4] = 77;
      recording.values()[r * CHANNELS + 6] = Double.NaN;
    }
    SpikeBand band = SpikeBand.fit(recording, SpikeBandOptions.DEFAULTS);
    assertThat(band.deadChannels()).isEqualTo(2);
    assertThat(band.quietChannels()).containsExactly(0, 1, 2, 3, 5, 7);
    MemoryRecording crossings =
        FeatureStream.features(
            recording, new ThresholdCrossings(band, -6, 0.001), BinOptions.DEFAULTS);
    for (int b = 0; b < crossings.rows(); b++) {
      assertThat(crossings.row(b)[4]).isZero();
      assertThat(crossings.row(b)[6]).isNaN();
    }
    assertThat(crossings.row(5)[2]).isEqualTo(1);
  }

  @Test
  void theReferenceIsTheQuietest() {
    MemoryRecording recording = voltage(1, new int[0]);
    for (int r = 0; r < recording.rows(); r++) {
      recording.values()[r * CHANNELS + 1] *= 3;
      recording.values()[r * CHANNELS + 3] *= 2;
    }
    SpikeBand band = SpikeBand.fit(recording, new SpikeBandOptions(250, 5000, 4, 6));
    assertThat(band.quietChannels()).containsExactly(0, 2, 4, 5, 6, 7);
  }

  @Test
  void countsAreSummed() {
    double[] values = new double[40 * 2];
    for (int r = 0; r < 40; r++) {
      values[2 * r] = r % 2;
      values[2 * r + 1] = r < 20 ? Double.NaN : 2;
    }
    MemoryRecording recording = Material.recording(1000, 2, values);
    MemoryRecording counts =
        FeatureStream.features(
            recording, new SpikeCounts(FeatureInput.of(recording.info())), BinOptions.DEFAULTS);
    assertThat(counts.row(0)).containsExactly(10, Double.NaN);
    assertThat(counts.row(1)).containsExactly(10, 40);
  }

  @Test
  void saysWhatIsWrong() {
    MemoryRecording flat = Material.recording(RATE, 2, new double[2000]);
    assertThatThrownBy(() -> SpikeBand.fit(flat, SpikeBandOptions.DEFAULTS))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "raw: a block of reference must have a channel that varies; rows=1000, channels=2");
    MemoryRecording slow = Material.recording(1000, 2, Material.noise(1000, 2, 1));
    assertThatThrownBy(() -> SpikeBand.fit(slow, SpikeBandOptions.DEFAULTS))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "a filter's corner must lie between 0 and half the sampling rate; cornerHz=5000.0,"
                + " sampleRateHz=1000.0");
    SpikeBand band = SpikeBand.fit(voltage(1, new int[0]), SpikeBandOptions.DEFAULTS);
    assertThatThrownBy(() -> new ThresholdCrossings(band, 0, 0.001))
        .hasMessage("a threshold must be a finite multiple of the RMS, not 0; multiple=0.0");
    assertThatThrownBy(() -> new ThresholdCrossings(band, -3, 2))
        .hasMessage("a refractory time must be 0 to 1 s; refractorySeconds=2.0");
    assertThatThrownBy(() -> new SpikeBandOptions(250, 5000, 4, -1))
        .hasMessage("quietChannels must not be negative; quietChannels=-1");
  }
}
