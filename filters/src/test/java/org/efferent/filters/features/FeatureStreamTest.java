package org.efferent.filters.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.efferent.core.Chunk;
import org.efferent.core.Decoded;
import org.efferent.core.Estimate;
import org.efferent.core.InputException;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Offline;
import org.efferent.core.Pipeline;
import org.efferent.core.Session;
import org.efferent.core.SessionOptions;
import org.efferent.core.Source;
import org.efferent.core.StreamInfo;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;

class FeatureStreamTest {
  private static final BinOptions BIN = BinOptions.DEFAULTS;

  /** Hands out a recording in chunks of random sizes. */
  private static final class Handed implements Source {
    private final MemoryRecording recording;
    private final Random random;
    private int next;
    private boolean closed;

    Handed(MemoryRecording recording, long seed) {
      this.recording = recording;
      random = new Random(seed);
    }

    @Override
    public StreamInfo info() {
      return recording.info();
    }

    @Override
    public int read(Chunk chunk, Duration timeout) {
      chunk.clear();
      if (next == recording.rows()) {
        return END;
      }
      for (int n = random.nextInt(60); n > 0 && next < recording.rows(); n--) {
        chunk.append(recording.stamps()[next], recording.values(), next * recording.channels());
        next++;
      }
      chunk.arrivedAt(next);
      return chunk.rows();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static MemoryRecording raw(int rows) {
    return Material.recording(1000, 4, Material.noise(rows, 4, 2));
  }

  private static FeatureModel everything(MemoryRecording recording) {
    FeatureInput input = FeatureInput.of(recording.info());
    SpikeBand band = SpikeBand.fit(recording, new SpikeBandOptions(100, 400, 2, 2));
    double[][] weights = {{1, -1, 0, 0}, {0.5, 0, 0.25, 1}};
    return new Concatenation(
        List.of(
            new ThresholdCrossings(band, -2, 0.002),
            new SpikeBandPower(band, true),
            new SpikeCounts(input),
            new BandPower(input, List.of(new Band(8, 13), new Band(13, 30)), 2, 0.5),
            new CommonSpatialPatterns(input, ImageryOptions.DEFAULTS, weights)));
  }

  /** As objects, so that NaN equals NaN. */
  private static List<List<Double>> values(List<FeatureBin> bins) {
    return bins.stream().map(b -> Arrays.stream(b.values()).boxed().toList()).toList();
  }

  @Test
  void anyCutGivesTheSameBits() {
    MemoryRecording recording = Material.without(raw(3000), 700, 765);
    recording.values()[4 * 1500 + 1] = Double.NaN;
    FeatureModel model = everything(raw(1000));
    List<FeatureBin> expected = FeatureStream.bins(recording, model, BIN);
    assertThat(expected).hasSize(150);
    assertThat(expected.get(3).values()).hasSize(model.names().size()).hasSize(22);
    for (long seed = 0; seed < 5; seed++) {
      FeatureStream stream = new FeatureStream(model, BIN);
      List<FeatureBin> bins = new ArrayList<>();
      Material.chunks(recording, seed, chunk -> stream.feed(chunk, bins::add));
      assertThat(values(bins)).isEqualTo(values(expected));
      assertThat(bins.stream().map(FeatureBin::stamp).toList())
          .isEqualTo(expected.stream().map(FeatureBin::stamp).toList());
      assertThat(stream.lostRows()).isEqualTo(65);
    }
  }

  /** The same decoder over a live session of raw rows, and offline over the features. */
  @Test
  void liveEqualsOffline() throws InterruptedException {
    MemoryRecording recording = raw(5000);
    FeatureModel model = everything(recording);
    Pipeline<Estimate.Scores> pipeline =
        Pipeline.everySample(window -> new Estimate.Scores(window.values().clone()));
    List<Estimate.Scores> offline =
        Offline.run(FeatureStream.features(recording, model, BIN), pipeline);
    List<Decoded<Estimate.Scores>> live = new CopyOnWriteArrayList<>();
    Handed handed = new Handed(recording, 8);
    FeatureSource source = new FeatureSource(handed, model, BIN);
    try (Session session = Session.start(source, SessionOptions.DEFAULTS, pipeline, live::add)) {
      assertThat(session.awaitEnd(Duration.ofSeconds(60))).isTrue();
      assertThat(session.failure()).isEmpty();
      assertThat(session.lost()).isZero();
    }
    assertThat(handed.closed).isTrue();
    assertThat(live).hasSize(250).hasSameSizeAs(offline);
    for (int b = 0; b < 250; b++) {
      for (int f = 0; f < offline.get(b).size(); f++) {
        assertThat(live.get(b).estimate().get(f)).isEqualTo(offline.get(b).get(f));
      }
      assertThat(live.get(b).stamp()).isEqualTo(recording.stamps()[20 * b + 19]);
      assertThat(live.get(b).arrivalNanos()).isGreaterThanOrEqualTo(20L * b + 20);
    }
    assertThat(source.info().sampleRateHz()).isEqualTo(50);
    assertThat(source.info().type()).isEqualTo("Features");
  }

  @Test
  void binsThatAreNoWholeNumberOfRowsFollowTheClock() {
    MemoryRecording recording = Material.recording(160, 1, Material.noise(1600, 1, 1));
    FeatureModel model = new SpikeCounts(FeatureInput.of(recording.info()));
    List<FeatureBin> bins = FeatureStream.bins(recording, model, BIN);
    assertThat(bins).hasSize(500);
    assertThat(bins.stream().mapToInt(FeatureBin::rows).sum()).isEqualTo(1600);
    assertThat(bins.stream().map(FeatureBin::rows).distinct().toList())
        .containsExactlyInAnyOrder(3, 4);
    assertThat(bins.get(499).index()).isEqualTo(499);
  }

  @Test
  void lostRowsKeepTheirPlaceAndAreCounted() {
    MemoryRecording whole = raw(400);
    MemoryRecording recording = Material.without(whole, 90, 150);
    FeatureModel model = new SpikeCounts(FeatureInput.of(whole.info()));
    List<FeatureBin> all = FeatureStream.bins(whole, model, BIN);
    FeatureStream stream = new FeatureStream(model, BIN);
    List<FeatureBin> bins = new ArrayList<>();
    Material.chunks(recording, 1, chunk -> stream.feed(chunk, bins::add));
    assertThat(bins).hasSize(20);
    assertThat(bins.stream().map(FeatureBin::lost).toList())
        .containsExactly(0, 0, 0, 0, 10, 20, 20, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThat(bins.get(5).values()).containsOnly(Double.NaN);
    assertThat(bins.get(3).values()).isEqualTo(all.get(3).values());
    assertThat(bins.get(8).values()).isEqualTo(all.get(8).values());
    for (int b = 0; b < 20; b++) {
      assertThat(bins.get(b).stamp()).isCloseTo(all.get(b).stamp(), within(1e-9));
    }
    assertThat(stream.lostRows()).isEqualTo(60);
    assertThat(stream.incompleteBins()).isEqualTo(4);
    assertThat(stream.skippedBins()).isZero();
  }

  @Test
  void aLongLossStartsAnew() {
    MemoryRecording recording = Material.without(raw(4000), 1010, 3000);
    FeatureModel model = new SpikeCounts(FeatureInput.of(recording.info()));
    FeatureStream stream = new FeatureStream(model, BIN);
    List<FeatureBin> bins = new ArrayList<>();
    Material.chunks(recording, 1, chunk -> stream.feed(chunk, bins::add));
    assertThat(bins).hasSize(100);
    assertThat(bins.get(49).index()).isEqualTo(49);
    assertThat(bins.get(50).index()).isEqualTo(150);
    assertThat(bins.get(50).stamp()).isEqualTo(recording.stamps()[1010 + 19]);
    assertThat(bins.get(50).lost()).isZero();
    assertThat(stream.lostRows()).isEqualTo(1990);
    assertThat(stream.skippedBins()).isEqualTo(100);
  }

  @Test
  void jitterAndDriftAreNoLoss() {
    MemoryRecording recording = raw(20_000);
    Random random = new Random(4);
    for (int r = 0; r < 20_000; r++) {
      // 300 ppm fast, and late by up to 4 ms.
      recording.stamps()[r] = 100 + r / 1000.3 + 0.004 * random.nextDouble();
    }
    FeatureStream stream =
        new FeatureStream(new SpikeCounts(FeatureInput.of(recording.info())), BIN);
    int[] bins = {0};
    Material.chunks(recording, 1, chunk -> stream.feed(chunk, bin -> bins[0]++));
    assertThat(bins[0]).isEqualTo(1000);
    assertThat(stream.lostRows()).isZero();
    assertThat(stream.backwardSteps()).isZero();
  }

  @Test
  void aClockThatJumpsBackIsCountedAndGoesOn() {
    MemoryRecording recording = raw(1000);
    for (int r = 500; r < 1000; r++) {
      recording.stamps()[r] -= 50;
    }
    FeatureStream stream =
        new FeatureStream(new SpikeCounts(FeatureInput.of(recording.info())), BIN);
    int[] bins = {0};
    Material.chunks(recording, 1, chunk -> stream.feed(chunk, bin -> bins[0]++));
    assertThat(bins[0]).isEqualTo(50);
    assertThat(stream.backwardSteps()).isEqualTo(1);
  }

  @Test
  void absurdStampsDoNoHarm() {
    MemoryRecording recording = raw(1000);
    recording.stamps()[0] = Double.NaN;
    recording.stamps()[300] = Double.NaN;
    recording.stamps()[500] = Double.POSITIVE_INFINITY;
    FeatureStream stream =
        new FeatureStream(new SpikeCounts(FeatureInput.of(recording.info())), BIN);
    List<FeatureBin> bins = new ArrayList<>();
    Material.chunks(recording, 1, chunk -> stream.feed(chunk, bins::add));
    assertThat(bins).hasSize(50);
    assertThat(stream.lostRows()).isZero();
    stream.reset();
    recording.stamps()[700] = 1e300;
    Material.chunks(recording, 1, chunk -> stream.feed(chunk, bins::add));
    assertThat(stream.lostRows()).isEqualTo(1L << 40);
    assertThat(stream.backwardSteps()).isEqualTo(1);
    assertThat(bins).hasSize(50 + 35 + 15);
    assertThat(bins.get(99).index()).isGreaterThan(bins.get(84).index());
  }

  @Test
  void resetGoesBackToTheStart() {
    MemoryRecording recording = raw(1000);
    FeatureStream stream = new FeatureStream(everything(recording), BIN);
    List<FeatureBin> first = new ArrayList<>();
    List<FeatureBin> second = new ArrayList<>();
    Material.chunks(recording, 1, chunk -> stream.feed(chunk, first::add));
    stream.reset();
    Material.chunks(recording, 2, chunk -> stream.feed(chunk, second::add));
    assertThat(values(second)).isEqualTo(values(first));
    assertThat(second.get(0).index()).isZero();
  }

  @Test
  void bandPowerOfASineIsItsPower() {
    double[] values = new double[2 * 2500];
    for (int r = 0; r < 2500; r++) {
      values[2 * r] = 900 + 8 * Math.sin(2 * Math.PI * 10 * r / 250);
      values[2 * r + 1] = 8 * Math.sin(2 * Math.PI * 20 * r / 250);
    }
    MemoryRecording recording = Material.recording(250, 2, values);
    FeatureModel power =
        new BandPower(
            FeatureInput.of(recording.info()), List.of(new Band(7, 14), new Band(15, 27)), 4, 1);
    assertThat(power.names())
        .containsExactly("7.0-14.0Hz.1", "7.0-14.0Hz.2", "15.0-27.0Hz.1", "15.0-27.0Hz.2");
    MemoryRecording features = FeatureStream.features(recording, power, BinOptions.ofSeconds(0.1));
    double[] last = features.row((int) features.rows() - 1);
    assertThat(last[0]).isCloseTo(Math.log(32), within(0.01));
    assertThat(last[3]).isCloseTo(Math.log(32), within(0.01));
    assertThat(last[1]).isLessThan(Math.log(32) - 5);
    assertThat(last[2]).isLessThan(Math.log(32) - 5);
  }

  @Test
  void saysWhatIsWrong() {
    MemoryRecording recording = raw(100);
    FeatureModel model = new SpikeCounts(FeatureInput.of(recording.info()));
    assertThatThrownBy(() -> new FeatureStream(model, BinOptions.ofSeconds(0.0005)))
        .isInstanceOf(UsageException.class)
        .hasMessage("a bin must hold at least one row; binSeconds=5.0E-4, sampleRateHz=1000.0");
    assertThatThrownBy(() -> BinOptions.ofSeconds(0))
        .hasMessage("a bin must be longer than 0 s and at most 60 s long; binSeconds=0.0");
    FeatureStream stream = new FeatureStream(model, BIN);
    assertThatThrownBy(() -> stream.feed(new Chunk(1, 3), bin -> {}))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "features must see the channels that they were learned on; channels=3, learned on 4");
    MemoryRecording slower = Material.recording(500, 4, new double[400]);
    assertThatThrownBy(() -> FeatureStream.features(slower, model, BIN))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "raw: features must see the rate that they were learned at; sampleRateHz=500.0, learned at 1000.0");
    FeatureModel renamed = new SpikeCounts(new FeatureInput(List.of("1", "2", "C3", "4"), 1000));
    assertThatThrownBy(() -> new FeatureSource(new Handed(recording, 1), renamed, BIN))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "raw: features must see the channels that they were learned on; channel 3 is '3', learned on 'C3'");
    assertThatThrownBy(() -> FeatureInput.of(StreamInfo.of("markers", "", 0, 1)))
        .hasMessage(
            "features need at least one channel and a regular sampling rate; channels=1, sampleRateHz=0.0");
    assertThatThrownBy(() -> new Concatenation(List.of(model, renamed)))
        .hasMessage(
            "features are put side by side only if they read the same channels at the same rate; channels=4 and 4, sampleRateHz=1000.0 and 1000.0");
    assertThatThrownBy(() -> new BandPower(model.input(), List.of(new Band(100, 600)), 4, 1))
        .hasMessage(
            "a filter's corner must lie between 0 and half the sampling rate; cornerHz=600.0, sampleRateHz=1000.0");
    assertThatThrownBy(() -> new Band(30, 8))
        .hasMessage(
            "a band must lie above 0 Hz, its lower corner below its upper one; lowHz=30.0, highHz=8.0");
  }
}
