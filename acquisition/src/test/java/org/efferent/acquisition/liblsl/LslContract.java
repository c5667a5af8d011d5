package org.efferent.acquisition.liblsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.efferent.acquisition.LslSource;
import org.efferent.acquisition.health.MonitoredSource;
import org.efferent.acquisition.health.StaleWatch;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.LslTesting;
import org.efferent.acquisition.lsl.StampSmoother;
import org.efferent.acquisition.lsl.StreamInlet;
import org.efferent.acquisition.lsl.StreamOutlet;
import org.efferent.acquisition.lsl.TimeCorrection;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Chunk;
import org.efferent.core.LocalClock;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Source;
import org.efferent.core.StreamException;
import org.efferent.core.StreamInfo;
import org.efferent.core.UnsupportedInputException;
import org.efferent.core.health.HealthCondition;
import org.efferent.core.health.HealthEvent;
import org.efferent.core.health.HealthOptions;
import org.efferent.core.health.HealthSnapshot;
import org.efferent.core.health.StreamHealth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whichever way an outlet and an inlet speak LSL: a subclass a pair. */
@Timeout(120)
abstract class LslContract {
  private static final InletOptions TO_THE_END = InletOptions.DEFAULTS.withEndOnDisconnect(true);
  private static final Duration LONG = LslTesting.LONG;

  private final String name = "contract-" + UUID.randomUUID();
  private final Lsl out;
  private final Lsl in;

  LslContract(Lsl out, Lsl in) {
    this.out = out;
    this.in = in;
  }

  private LslStreamInfo stream(ChannelFormat format, int channels, double rate) {
    return LslStreamInfo.of(StreamInfo.of(name, "EEG", rate, channels), format)
        .withSourceId(name + "-source");
  }

  private LslStreamInfo find(String predicate) throws InterruptedException {
    List<LslStreamInfo> found = in.resolve(predicate, 1, LONG);
    assertThat(found).as(predicate).hasSize(1);
    return found.get(0);
  }

  private StreamInlet inlet(StreamOutlet outlet, InletOptions options) throws InterruptedException {
    StreamInlet inlet =
        in.openInlet(find(LslResolver.property("uid", outlet.info().origin().uid())), options);
    assertThat(outlet.awaitConsumers(LONG)).isTrue();
    return inlet;
  }

  @ParameterizedTest
  @EnumSource(value = ChannelFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "STRING")
  void numbersOfEveryFormatArriveWithTheirStamps(ChannelFormat format) throws Exception {
    try (StreamOutlet outlet = out.openOutlet(stream(format, 3, 0));
        StreamInlet inlet = inlet(outlet, InletOptions.DEFAULTS)) {
      outlet.push(new double[] {1, -2, 100}, 1000.25);
      outlet.push(new long[] {-128, 127, 0}, 123456.789);
      outlet.pushAt(new double[] {9, 1.75, -1.75, 1e300}, 1, 7);
      double[] row = new double[3];
      assertThat(inlet.pull(row, LONG)).isEqualTo(1000.25);
      assertThat(row).containsExactly(1, -2, 100);
      long[] longs = new long[3];
      assertThat(inlet.pull(longs, LONG)).isEqualTo(123456.789);
      assertThat(longs).containsExactly(-128, 127, 0);
      assertThat(inlet.pull(row, LONG)).isEqualTo(7);
      double most =
          switch (format) {
            case FLOAT32 -> Double.POSITIVE_INFINITY;
            case DOUBLE64 -> 1e300;
            case INT64 -> 0x1p63;
            case INT32 -> Integer.MAX_VALUE;
            case INT16 -> Short.MAX_VALUE;
            case INT8 -> Byte.MAX_VALUE;
            case STRING -> throw new IllegalStateException();
          };
      boolean exact = format == ChannelFormat.FLOAT32 || format == ChannelFormat.DOUBLE64;
      assertThat(row).containsExactly(exact ? 1.75 : 1, exact ? -1.75 : -1, most);
    }
  }

  /** So many that the test samples of int8 go round. */
  @Test
  void manyChannelsOfEightBitsArrive() throws Exception {
    try (StreamOutlet outlet = out.openOutlet(stream(ChannelFormat.INT8, 130, 0));
        StreamInlet inlet = inlet(outlet, InletOptions.DEFAULTS)) {
      long[] sent = new long[130];
      for (int c = 0; c < 130; c++) {
        sent[c] = c - 128 < 0 ? c - 128 : 127;
      }
      outlet.push(sent, 5);
      long[] row = new long[130];
      assertThat(inlet.pull(row, LONG)).isEqualTo(5);
      assertThat(row).containsExactly(sent);
    }
  }

  /** Nothing is sent at once, but whoever wants chunks of four gets four. */
  @Test
  void chunksAreAsLongAsTheInletWants() throws Exception {
    InletOptions fours = new InletOptions(0, 4, false, false, false, false, false);
    try (StreamOutlet outlet = out.openOutlet(stream(ChannelFormat.INT32, 1, 100));
        StreamInlet inlet = inlet(outlet, fours)) {
      double[] row = new double[1];
      for (int i = 0; i < 8; i++) {
        outlet.push(new double[] {i}, 10 + i, false);
      }
      for (int i = 0; i < 8; i++) {
        assertThat(inlet.pull(row, LONG)).isEqualTo(10 + i);
        assertThat(row[0]).isEqualTo(i);
      }
    }
  }

  @Test
  void longsAreExact() throws Exception {
    try (StreamOutlet outlet = out.openOutlet(stream(ChannelFormat.INT64, 2, 0));
        StreamInlet inlet = inlet(outlet, InletOptions.DEFAULTS)) {
      outlet.push(new long[] {Long.MAX_VALUE, Long.MIN_VALUE + 1}, 1);
      long[] row = new long[2];
      assertThat(inlet.pull(row, LONG)).isEqualTo(1);
      assertThat(row).containsExactly(Long.MAX_VALUE, Long.MIN_VALUE + 1);
    }
  }

  @Test
  void stampsOfChunksAreDeduced() throws Exception {
    try (StreamOutlet outlet = out.openOutlet(stream(ChannelFormat.FLOAT32, 2, 4));
        StreamInlet inlet = inlet(outlet, InletOptions.DEFAULTS)) {
      outlet.pushChunk(new double[] {1, -1, 2, -2, 3, -3}, 10);
      outlet.pushChunk(new double[] {4, -4}, StreamOutlet.DEDUCED);
      outlet.push(new double[] {5, -5}, StreamOutlet.DEDUCED);
      outlet.push(new double[] {6, -6}, 20, false);
      outlet.push(new double[] {7, -7}, 20.25, true);
      double[] stamps = {9.5, 9.75, 10, 10.25, 10.5, 20, 20.25};
      double[] row = new double[2];
      for (int i = 0; i < stamps.length; i++) {
        assertThat(inlet.pull(row, LONG)).isEqualTo(stamps[i]);
        assertThat(row).containsExactly(i + 1, -i - 1);
      }
      double before = out.clock().seconds();
      outlet.push(new double[] {8, -8}, StreamOutlet.NOW);
      outlet.pushChunk(new double[] {9, -9, 10, -10}, StreamOutlet.NOW);
      assertThat(inlet.pull(row, LONG)).isBetween(before, out.clock().seconds());
      double first = inlet.pull(row, LONG);
      double second = inlet.pull(row, LONG);
      assertThat(second - first).isEqualTo(0.25);
      assertThat(second).isBetween(before, out.clock().seconds());
    }
  }

  @Test
  void stringsOfAllKindsArrive() throws Exception {
    LslStreamInfo markers =
        new LslStreamInfo(
            name,
            "Markers",
            2,
            ChannelFormat.STRING,
            0,
            name,
            LslStreamInfo.Origin.NONE,
            LslStreamInfo.Endpoint.NONE,
            LslStreamInfo.Endpoint.NONE,
            LslStreamInfo.markers("m", "").desc());
    try (StreamOutlet outlet = out.openOutlet(markers);
        StreamInlet inlet = inlet(outlet, InletOptions.DEFAULTS)) {
      List<String> sent =
          List.of(
              "",
              "grün 脳 🧠",
              "a\u0000b",
              "x",
              "y".repeat(255),
              "z".repeat(256),
              "ä".repeat(150),
              "long".repeat(50_000));
      String[] row = new String[2];
      // An inlet in Java may be liblsl's second consumer, and the first is about to leave: an old
      // liblsl wants to hear the size of its string objects.
      do {
        outlet.push(new String[] {"are you", "there"}, 1);
      } while (Double.isNaN(inlet.pull(row, Duration.ofMillis(20))));
      for (int i = 0; i < sent.size(); i++) {
        outlet.push(new String[] {sent.get(i), "second"}, 5 + i);
      }
      for (int i = 0; i < sent.size(); i++) {
        double stamp = inlet.pull(row, LONG);
        while (stamp == 1) {
          stamp = inlet.pull(row, LONG);
        }
        assertThat(stamp).isEqualTo(5 + i);
        assertThat(row).containsExactly(sent.get(i), "second");
      }
    }
  }

  @Test
  void theDescriptionArrivesWhole() throws Exception {
    List<ChannelInfo> channels =
        List.of(new ChannelInfo("Fp1 <ä>", "EEG", "µV"), new ChannelInfo("Cz&", "EEG", "µV"));
    LslStreamInfo stream =
        LslStreamInfo.of(
            new StreamInfo(name, "EEG", 250, "s-" + name, channels), ChannelFormat.INT16);
    try (StreamOutlet outlet = out.openOutlet(stream)) {
      LslStreamInfo found = find(LslResolver.property("name", name));
      LslStreamInfo full = in.fullInfo(found);
      assertThat(full.toStreamInfo())
          .isEqualTo(new StreamInfo(name, "EEG", 250, "s-" + name, channels));
      assertThat(full.desc()).isEqualTo(stream.desc());
      assertThat(full.format()).isEqualTo(ChannelFormat.INT16);
      assertThat(full.origin()).isEqualTo(found.origin()).isEqualTo(outlet.info().origin());
      assertThat(full.v4()).isEqualTo(found.v4());
      assertThat(full.v4().dataPort()).isEqualTo(outlet.info().v4().dataPort());
    }
  }

  @Test
  void streamsAreFoundByWhatTheyAre() throws Exception {
    LslStreamInfo other =
        LslStreamInfo.of(StreamInfo.of(name + "-2", name + "-type", 0, 9), ChannelFormat.INT8)
            .withSourceId(name + "'s \"id");
    try (StreamOutlet outlet = out.openOutlet(stream(ChannelFormat.FLOAT32, 8, 100));
        StreamOutlet second = out.openOutlet(other)) {
      String uid = outlet.info().origin().uid();
      String secondUid = second.info().origin().uid();
      assertThat(find(LslResolver.property("name", name)).origin().uid()).isEqualTo(uid);
      assertThat(find(LslResolver.property("type", name + "-type")).origin().uid())
          .isEqualTo(secondUid);
      String mine = "starts-with(name,'" + name + "')";
      assertThat(find(mine + " and channel_count > 8").origin().uid()).isEqualTo(secondUid);
      assertThat(find("name='nobody' or " + LslResolver.property("source_id", name + "-source")))
          .extracting(s -> s.origin().uid())
          .isEqualTo(uid);
      assertThat(in.resolve(mine, 2, LONG)).hasSize(2);
      assertThat(in.resolve("", 2, LONG)).hasSizeGreaterThanOrEqualTo(2);
      assertThat(in.resolve("name='nobody at all'", 1, Duration.ofMillis(200))).isEmpty();
    }
  }

  @Test
  void onOneHostClocksAgree() throws Exception {
    try (StreamOutlet outlet = out.openOutlet(stream(ChannelFormat.FLOAT32, 1, 100));
        StreamInlet inlet = inlet(outlet, InletOptions.DEFAULTS.withTimeCorrection(true))) {
      TimeCorrection correction = inlet.timeCorrection(Duration.ofSeconds(10));
      assertThat(correction.seconds()).isBetween(-0.1, 0.1);
      assertThat(inlet.appliedCorrection()).isPresent();
      assertThat(inlet.wasClockReset()).isFalse();
      outlet.push(new double[] {1}, 1000);
      assertThat(inlet.pull(new double[1], LONG)).isBetween(999.9, 1000.1).isNotEqualTo(1000.0);
      assertThat(in.clock().seconds() - out.clock().seconds()).isBetween(-5.0, 5.0);
    }
  }

  @Test
  void anOutletKnowsItsConsumers() throws Exception {
    try (StreamOutlet outlet = out.openOutlet(stream(ChannelFormat.FLOAT32, 1, 100))) {
      assertThat(outlet.haveConsumers()).isFalse();
      assertThat(outlet.awaitConsumers(Duration.ofMillis(20))).isFalse();
      try (StreamInlet one = inlet(outlet, InletOptions.DEFAULTS);
          StreamInlet two = inlet(outlet, InletOptions.DEFAULTS)) {
        assertThat(outlet.haveConsumers()).isTrue();
        double[] row = new double[1];
        // The second may have connected after the first of these; both get all that follow.
        outlet.push(new double[] {1}, 1);
        assertThat(one.pull(row, LONG)).isEqualTo(1);
        double stamp = 1;
        while (two.available() == 0) {
          outlet.push(new double[] {2}, ++stamp);
        }
        double last = stamp + 1;
        outlet.push(new double[] {3}, last);
        for (StreamInlet inlet : List.of(one, two)) {
          double seen = inlet.pull(row, LONG);
          while (seen < last) {
            double next = inlet.pull(row, LONG);
            assertThat(next).isEqualTo(seen + 1);
            seen = next;
          }
          assertThat(row).containsExactly(3);
        }
      }
    }
  }

  @Test
  void tenThousandSamplesAllArriveAndThenTheEnd() throws Exception {
    StreamOutlet outlet = out.openOutlet(stream(ChannelFormat.DOUBLE64, 8, 1000));
    try (StreamInlet inlet = inlet(outlet, TO_THE_END)) {
      double[] row = new double[8];
      for (int i = 0; i < 10_000; i++) {
        row[0] = i;
        row[7] = -i;
        outlet.push(row, 1 + i / 1000.0);
      }
      Chunk chunk = new Chunk(333, 8);
      int seen = 0;
      while (seen < 10_000) {
        int n = inlet.pull(chunk, LONG);
        assertThat(n).as("a pull after %d samples", seen).isPositive();
        for (int r = 0; r < n; r++, seen++) {
          assertThat(chunk.stamps()[r]).isEqualTo(1 + seen / 1000.0);
          assertThat(chunk.values()[8 * r]).isEqualTo(seen);
          assertThat(chunk.values()[8 * r + 7]).isEqualTo(-seen);
        }
      }
      assertThat(seen).isEqualTo(10_000);
      // Not before: liblsl throws away what is not pulled when the outlet closes.
      outlet.close();
      outlet.close();
      assertThat(inlet.pull(chunk, LONG)).isEqualTo(Source.END);
      assertThat(inlet.isEnded()).isTrue();
      assertThat(inlet.pull(new double[8], Duration.ZERO)).isNaN();
      assertThat(outlet.dropped() + inlet.dropped()).isZero();
      assertThatThrownBy(() -> outlet.push(new double[8], 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("outlet '" + name + "' is closed");
    }
  }

  @Test
  void aStreamThatIsLostSaysSo() throws Exception {
    StreamOutlet outlet = out.openOutlet(stream(ChannelFormat.FLOAT32, 1, 0));
    try (StreamInlet inlet = inlet(outlet, InletOptions.DEFAULTS.withRecover(false))) {
      outlet.push(new double[] {1}, 5);
      double[] row = new double[1];
      assertThat(inlet.pull(row, LONG)).isEqualTo(5);
      outlet.close();
      assertThatThrownBy(() -> inlet.pull(row, LONG))
          .isInstanceOf(StreamException.class)
          .hasMessageMatching(
              "stream '" + name + "' at \\S+:\\d+ was lost: the outlet closed the connection");
    }
  }

  /** With a neighbour that takes a port in between, and without. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anOutletThatIsRestartedIsFoundAgain(boolean neighbour) throws Exception {
    LslStreamInfo stream = stream(ChannelFormat.FLOAT32, 2, 100);
    StreamOutlet first = out.openOutlet(stream);
    StreamOutlet between = null;
    try (StreamInlet inlet = inlet(first, InletOptions.DEFAULTS.withTimeCorrection(true))) {
      double[] row = new double[2];
      first.push(new double[] {1, 2}, 1000);
      assertThat(inlet.pull(row, LONG)).isBetween(999.0, 1001.0);
      assertThat(inlet.wasClockReset()).isFalse();
      first.close();
      assertThat(inlet.pull(row, Duration.ofMillis(50))).as("silence is no error").isNaN();
      assertThat(inlet.isEnded()).isFalse();
      if (neighbour) {
        between =
            out.openOutlet(
                LslStreamInfo.of(StreamInfo.of(name + "-other", "EEG", 1, 2), stream.format())
                    .withSourceId("other"));
      }
      try (StreamOutlet second = out.openOutlet(stream)) {
        assertThat(second.awaitConsumers(LONG)).isTrue();
        second.push(new double[] {3, 4}, 2000);
        assertThat(inlet.pull(row, LONG)).isBetween(1999.0, 2001.0);
        assertThat(row).containsExactly(3, 4);
        assertThat(inlet.wasClockReset()).isTrue();
        assertThat(inlet.wasClockReset()).isFalse();
        assertThat(inlet.appliedCorrection()).isPresent();
      }
    } finally {
      first.close();
      if (between != null) {
        between.close();
      }
    }
  }

  @Test
  void anInletThatLooksForItsStreamCanBeClosed() throws Exception {
    StreamOutlet outlet = out.openOutlet(stream(ChannelFormat.FLOAT32, 1, 0));
    StreamInlet inlet = inlet(outlet, InletOptions.DEFAULTS);
    outlet.close();
    assertThat(inlet.pull(new double[1], Duration.ofMillis(50))).isNaN();
    inlet.close();
    assertThat(inlet.isEnded()).isTrue();
    assertThat(inlet.pull(new double[1], LONG)).isNaN();
  }

  @Test
  void stampsAreSmoothedAndKeptInOrder() throws Exception {
    try (StreamOutlet outlet = out.openOutlet(stream(ChannelFormat.INT32, 1, 100));
        StreamInlet inlet = inlet(outlet, InletOptions.DEFAULTS.withStamps(true, true))) {
      StampSmoother smoother = new StampSmoother(100, StampSmoother.HALFTIME_SECONDS);
      double[] row = new double[1];
      double last = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < 200; i++) {
        double stamp = 5000 + i / 100.0 + 0.02 * (i * 7 % 11 - 5) / 5;
        outlet.push(new double[] {i}, stamp);
        last = Math.max(last, smoother.smooth(stamp));
        assertThat(inlet.pull(row, LONG)).isEqualTo(last);
      }
    }
  }

  @Test
  void whatIsNotThereIsTold() throws Exception {
    StreamOutlet outlet = out.openOutlet(stream(ChannelFormat.FLOAT32, 1, 0));
    LslStreamInfo gone = find(LslResolver.property("name", name));
    outlet.close();
    assertThatThrownBy(() -> in.openInlet(gone, InletOptions.DEFAULTS))
        .isInstanceOf(StreamException.class);
    assertThatThrownBy(() -> in.fullInfo(gone)).isInstanceOf(StreamException.class);
  }

  @Test
  void misuseIsToldWithNames() throws Exception {
    try (StreamOutlet outlet = out.openOutlet(stream(ChannelFormat.FLOAT32, 3, 0));
        StreamInlet inlet = inlet(outlet, InletOptions.DEFAULTS)) {
      String pushed = "a sample of stream '" + name + "' has 3 values; values=";
      assertThatThrownBy(() -> outlet.push(new double[4], 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(pushed + 4);
      assertThatThrownBy(() -> outlet.push(new long[2], 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(pushed + 2);
      assertThatThrownBy(() -> outlet.pushChunk(new double[7], 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(pushed + 7);
      assertThatThrownBy(() -> outlet.pushAt(new double[4], 2, 0))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> outlet.push(new String[3], 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("stream '" + name + "' carries numbers; strings were pushed");
      assertThatThrownBy(() -> inlet.pull(new double[2], LONG))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a sample of stream '" + name + "' has 3 values; asked for 2");
      assertThatThrownBy(() -> inlet.pull(new Chunk(1, 4), LONG))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a sample of stream '" + name + "' has 3 values; asked for 4");
      assertThatThrownBy(() -> inlet.pull(new String[3], LONG))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("stream '" + name + "' carries numbers; strings were asked for");
    }
  }

  @Test
  void aPullThatWaitsEndsWhenAnotherThreadCloses() throws Exception {
    try (StreamOutlet outlet = out.openOutlet(stream(ChannelFormat.FLOAT32, 1, 100))) {
      StreamInlet inlet = inlet(outlet, InletOptions.DEFAULTS);
      int[] answer = {7};
      Thread puller =
          new Thread(
              () -> {
                try {
                  answer[0] = inlet.pull(new Chunk(4, 1), Duration.ofMinutes(10));
                } catch (InterruptedException e) {
                  answer[0] = 8;
                }
              });
      puller.start();
      while (puller.getState() == Thread.State.NEW) {
        Thread.onSpinWait();
      }
      long begin = System.nanoTime();
      inlet.close();
      inlet.close();
      puller.join(LONG.toMillis());
      assertThat(puller.isAlive()).isFalse();
      assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(5).toNanos());
      assertThat(answer[0]).isEqualTo(Source.END);
      assertThat(inlet.pull(new Chunk(4, 1), LONG)).isEqualTo(Source.END);
      assertThat(inlet.pull(new double[1], LONG)).isNaN();
      assertThat(inlet.available()).isZero();
      assertThat(inlet.isEnded()).isTrue();
    }
  }

  @Test
  void aPullThatWaitsCanBeInterrupted() throws Exception {
    try (StreamOutlet outlet = out.openOutlet(stream(ChannelFormat.FLOAT32, 1, 100));
        StreamInlet inlet = inlet(outlet, InletOptions.DEFAULTS)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> inlet.pull(new Chunk(4, 1), LONG))
          .isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  void aSourceReadsRowsAndEnds() throws Exception {
    StreamOutlet outlet = out.openOutlet(stream(ChannelFormat.INT16, 2, 10));
    try (LslSource source =
        LslSource.open(LslResolver.property("name", name), LONG, in, TO_THE_END)) {
      assertThat(source.info().channelCount()).isEqualTo(2);
      assertThat(source.candidates()).isEqualTo(1);
      assertThat(outlet.awaitConsumers(LONG)).isTrue();
      Chunk chunk = new Chunk(4, 2);
      assertThat(source.read(chunk, Duration.ofMillis(20))).isZero();
      long before = System.nanoTime();
      outlet.pushChunk(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 50);
      int seen = 0;
      while (seen < 5) {
        int n = source.read(chunk, LONG);
        assertThat(n).isBetween(1, 4);
        assertThat(chunk.rows()).isEqualTo(n);
        for (int r = 0; r < n; r++, seen++) {
          assertThat(chunk.stamps()[r]).isCloseTo(50 - (4 - seen) * 0.1, offset());
          assertThat(chunk.values()[2 * r]).isEqualTo(1 + 2 * seen);
          assertThat(chunk.arrivals()[r]).isBetween(before, System.nanoTime());
        }
      }
      outlet.close();
      assertThat(source.read(chunk, LONG)).isEqualTo(Source.END);
      assertThat(source.read(chunk, LONG)).isEqualTo(Source.END);
      assertThat(source.lost()).isZero();
    } finally {
      outlet.close();
    }
  }

  private static org.assertj.core.data.Offset<Double> offset() {
    return org.assertj.core.data.Offset.offset(1e-9);
  }

  /** What is wrong with the rows that this sends is known. */
  private static MemoryRecording sick(StreamInfo info) {
    Random random = new Random(11);
    int rows = 1_200;
    double[] stamps = new double[rows];
    double[] values = new double[4 * rows];
    double shift = 0;
    for (int i = 0; i < rows; i++) {
      shift += i == 300 ? 0.07 : i == 700 ? -50 : 0; // seven rows are missing; the clock jumps
      stamps[i] = 100 + i / 100.0 + shift;
      values[4 * i] = random.nextGaussian();
      values[4 * i + 1] = i >= 500 && i < 750 ? 3 : random.nextGaussian();
      values[4 * i + 2] = Math.min(0.7, Math.sin(0.3 * i) + 0.01 * random.nextGaussian());
      values[4 * i + 3] = i == 900 ? Double.NaN : random.nextGaussian();
      if (i == 1_000) {
        stamps[i] = stamps[i - 1];
        System.arraycopy(values, 4 * i - 4, values, 4 * i, 4);
        shift -= 0.01;
      }
    }
    return new MemoryRecording(info, stamps, values, List.of());
  }

  @Test
  void whatIsWrongWithAStreamIsSeenAsInItsRecording() throws Exception {
    LslStreamInfo info = stream(ChannelFormat.DOUBLE64, 4, 100);
    MemoryRecording sick = sick(info.toStreamInfo());
    List<HealthEvent> offlineEvents = new ArrayList<>();
    HealthSnapshot offline = StreamHealth.of(sick, HealthOptions.DEFAULTS, offlineEvents::add);
    assertThat(offline.stamps().missing()).isEqualTo(7);
    assertThat(offline.begun())
        .isEqualTo(
            Map.of(
                HealthCondition.GAP,
                1,
                HealthCondition.DUPLICATE,
                1,
                HealthCondition.BACKWARD,
                1,
                HealthCondition.FLAT,
                1,
                HealthCondition.SATURATED,
                1,
                HealthCondition.IMPOSSIBLE,
                1));
    List<HealthEvent> events = new ArrayList<>();
    try (StreamOutlet outlet = out.openOutlet(info);
        LslSource below = LslSource.open(LslResolver.property("name", name), LONG, in, TO_THE_END);
        MonitoredSource source =
            new MonitoredSource(
                below,
                new StreamHealth(below.info(), HealthOptions.DEFAULTS, events::add),
                LocalClock.SYSTEM)) {
      assertThat(outlet.awaitConsumers(LONG)).isTrue();
      for (int i = 0; i < sick.rows(); i++) {
        outlet.pushAt(sick.values(), 4 * i, sick.stamps()[i]);
      }
      Chunk chunk = new Chunk(100, 4);
      for (int seen = 0; seen < sick.rows(); ) {
        int n = source.read(chunk, LONG);
        assertThat(n).isPositive();
        seen += n;
      }
      source.health().end();
      HealthSnapshot live = source.health().snapshot();
      assertThat(live.stamps()).isEqualTo(offline.stamps());
      assertThat(live.channels()).isEqualTo(offline.channels());
      // Silences and drift are of the moment.
      assertThat(events)
          .filteredOn(e -> offline.begun().containsKey(e.condition()))
          .isEqualTo(offlineEvents);
    }
  }

  @Test
  void aReaderHearsWithinItsWaitThatNothingComes() throws Exception {
    BlockingQueue<HealthEvent> events = new LinkedBlockingQueue<>();
    try (StreamOutlet outlet = out.openOutlet(stream(ChannelFormat.FLOAT32, 1, 100));
        LslSource below = LslSource.open(LslResolver.property("name", name), LONG, in, TO_THE_END);
        MonitoredSource source =
            new MonitoredSource(
                below,
                new StreamHealth(below.info(), HealthOptions.DEFAULTS, events::add),
                LocalClock.SYSTEM)) {
      assertThat(outlet.awaitConsumers(LONG)).isTrue();
      CompletableFuture<Integer> read =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return source.read(new Chunk(4, 1), LONG);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      HealthEvent stale = events.poll(LONG.toSeconds(), TimeUnit.SECONDS);
      assertThat(stale).isNotNull();
      assertThat(stale.condition()).isEqualTo(HealthCondition.STALE);
      assertThat(stale.begins()).isTrue();
      assertThat(read).isNotDone();
      outlet.push(new double[] {1}, 5);
      assertThat(read.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
      HealthEvent back = events.poll(LONG.toSeconds(), TimeUnit.SECONDS);
      assertThat(back).isNotNull();
      assertThat(back.condition()).isEqualTo(HealthCondition.STALE);
      assertThat(back.begins()).isFalse();
    }
  }

  @Test
  void whoDoesNotReadHearsOfSilenceToo() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    StaleWatch.Listener listener =
        new StaleWatch.Listener() {
          @Override
          public void stale(Duration silence) {
            heard.add("stale " + (silence.toMillis() >= 200));
          }

          @Override
          public void resumed() {
            heard.add("resumed");
          }
        };
    try (StreamOutlet outlet = out.openOutlet(stream(ChannelFormat.FLOAT32, 1, 100));
        StreamInlet inlet = inlet(outlet, InletOptions.DEFAULTS);
        StaleWatch watch = new StaleWatch(inlet, Duration.ofMillis(200), listener)) {
      assertThat(heard.poll(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo("stale true");
      assertThat(watch.isStale()).isTrue();
      assertThat(inlet.silence()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
      double[] row = new double[1];
      while (heard.isEmpty()) {
        outlet.push(new double[] {1}, 5);
        assertThat(inlet.pull(row, LONG)).isEqualTo(5);
      }
      assertThat(heard.poll()).isEqualTo("resumed");
      assertThat(heard.poll(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo("stale true");
    }
  }

  @Test
  void aSourceReadsNoStringsAndNobody() {
    LslStreamInfo markers = LslStreamInfo.markers(name, name);
    try (StreamOutlet outlet = out.openOutlet(markers)) {
      assertThatThrownBy(
              () ->
                  LslSource.open(
                      LslResolver.property("name", outlet.info().name()), LONG, in, TO_THE_END))
          .isInstanceOf(UnsupportedInputException.class)
          .hasMessage("stream '" + name + "' carries strings; a source reads numbers");
    }
    assertThatThrownBy(
            () -> LslSource.open("name='no such'", Duration.ofMillis(100), in, TO_THE_END))
        .isInstanceOf(StreamException.class)
        .hasMessage(
            "no stream matched \"name='no such'\" within 0.1 s; is it running, "
                + in.reach()
                + "?");
  }
}
