package org.efferent.acquisition.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.efferent.acquisition.ReplayOptions;
import org.efferent.acquisition.ReplaySource;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.JavaLsl;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.LslTesting;
import org.efferent.acquisition.record.Recorder;
import org.efferent.acquisition.record.RecorderOptions;
import org.efferent.core.Chunk;
import org.efferent.core.Source;
import org.efferent.core.StreamException;
import org.efferent.core.UsageException;
import org.efferent.data.NumericCsv;
import org.efferent.data.NumericTable;
import org.efferent.data.xdf.XdfFile;
import org.efferent.data.xdf.XdfOptions;
import org.efferent.data.xdf.XdfStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulations on their way through LSL. */
class SimulationRunTest {
  private static final EegOptions EEG =
      EegOptions.DEFAULTS
          .withElectrodes(List.of("Fpz", "C3", "C4", "Oz"))
          .withImagery(MotorImagery.DEFAULTS);

  @TempDir private Path folder;

  private final JavaLsl lsl = new JavaLsl(LslTesting.world());

  /** A clock that stands until somebody waits. */
  private final AtomicLong now = new AtomicLong(50_000_000_000L);

  private final SimulationRunOptions virtual =
      SimulationRunOptions.DEFAULTS.withClock(now::get, t -> now.accumulateAndGet(t, Math::max));

  private static void ended(SimulationRun run) throws InterruptedException {
    assertThat(run.awaitEnd(LslTesting.LONG)).isTrue();
    assertThat(run.failure()).isEmpty();
  }

  @Test
  void packetsGoOutWhenTheirLastSampleIsDue() throws InterruptedException {
    List<Double> pushedAt = new ArrayList<>();
    List<Double> stamps = new ArrayList<>();
    SimulationListener hears =
        (stream, stamp, values, offset) -> {
          if (stream == 0) {
            pushedAt.add(now.get() / 1e9 - 50);
            stamps.add(stamp);
          }
        };
    try (SimulationRun run =
        new SimulationRun(
            new EegSimulation(EEG.withRate(500), 1), lsl, virtual.withSeconds(2), hears)) {
      ended(run);
      assertThat(run.streams()).hasSize(3);
      assertThat(run.streams().get(0).samples()).isEqualTo(1000);
      assertThat(run.streams().get(0).heard()).isZero();
      assertThat(run.packets()).isEqualTo(200);
      assertThat(run.played()).isEqualTo(2);
      assertThat(run.late()).isZero();
      assertThat(run.worstLateSeconds()).isZero();
    }
    assertThat(stamps).hasSize(1000);
    for (int i = 0; i < 1000; i++) {
      // 0.008 s is the last of the five samples of the first 10 ms.
      assertThat(pushedAt.get(i)).isCloseTo(Math.floor(i / 5.0) * 0.01 + 0.008, within(1e-6));
      assertThat(stamps.get(i) - stamps.get(0)).isCloseTo(i / 500.0, within(1e-9));
    }
  }

  @Test
  void speedPressesTheDeadlinesButNotTheStamps() throws InterruptedException {
    List<Double> stamps = new ArrayList<>();
    SimulationListener hears =
        (stream, stamp, values, offset) -> {
          if (stream == 0) {
            stamps.add(stamp);
          }
        };
    Simulation cursor = new CursorSimulation(SteeringOptions.DEFAULTS, 1);
    try (SimulationRun run =
        new SimulationRun(cursor, lsl, virtual.withSeconds(60).withSpeed(20), hears)) {
      ended(run);
      assertThat(run.streams().get(0).samples()).isEqualTo(1200);
    }
    assertThat(now.get() / 1e9 - 50).isCloseTo(59.975 / 20, within(1e-6));
    assertThat(stamps.get(1199) - stamps.get(0)).isCloseTo(1199 * 0.05, within(1e-9));
  }

  @Test
  void whatGoesOutLateIsCountedAndTheNextIsNotDelayed() throws InterruptedException {
    AtomicLong waits = new AtomicLong();
    // The fifth wait takes 35 ms longer than it should.
    SimulationRunOptions slow =
        virtual.withClock(
            now::get,
            t ->
                now.accumulateAndGet(waits.incrementAndGet() == 5 ? t + 35_000_000 : t, Math::max));
    try (SimulationRun run =
        new SimulationRun(
            new EegSimulation(EEG, 1), lsl, slow.withSeconds(1), SimulationListener.NONE)) {
      ended(run);
      // 35, 25 and 15 ms late; 5 ms is no more than a packet.
      assertThat(run.late()).isEqualTo(3);
      assertThat(run.worstLateSeconds()).isCloseTo(0.035, within(1e-9));
      assertThat(now.get() / 1e9 - 50).isCloseTo(0.996, within(1e-6));
    }
  }

  private static LslStreamInfo here(LslStreamInfo info) {
    return info.at(
        info.origin(),
        new LslStreamInfo.Endpoint("127.0.0.1", info.v4().dataPort(), info.v4().servicePort()));
  }

  /** Runs a simulation through LSL into a file. */
  private XdfFile recorded(Simulation simulation, double seconds, SimulationListener listener)
      throws InterruptedException {
    Path out = folder.resolve("r.xdf");
    RecorderOptions untilEnd =
        RecorderOptions.DEFAULTS.withInlet(InletOptions.DEFAULTS.withEndOnDisconnect(true));
    SimulationRunOptions options =
        SimulationRunOptions.DEFAULTS
            .withSeconds(seconds)
            .withSpeed(Double.POSITIVE_INFINITY)
            .withAwaitConsumers(LslTesting.LONG);
    try (SimulationRun run = new SimulationRun(simulation, lsl, options, listener);
        Recorder recorder =
            new Recorder(
                out,
                lsl,
                run.published().stream().map(SimulationRunTest::here).toList(),
                untilEnd)) {
      ended(run);
      assertThat(recorder.awaitEnd(LslTesting.LONG)).isTrue();
      assertThat(recorder.streams()).allMatch(s -> s.dropped() == 0 && s.failure().isEmpty());
      assertThat(run.streams()).allMatch(s -> s.heard() == s.samples() && s.dropped() == 0);
    }
    return XdfFile.read(out, XdfOptions.RAW);
  }

  @Test
  void whatIsRecordedIsWhatWasSimulated() throws InterruptedException {
    Path table = folder.resolve("truth.csv");
    EegOptions options = EEG.withFaults(new StreamFaults(2, 10, 100));
    XdfFile file;
    try (TruthFile truth = new TruthFile(table, new EegSimulation(options, 6), false)) {
      file = recorded(new EegSimulation(options, 6), 20, truth);
      assertThat(truth.files()).containsExactly(table);
    }
    assertThat(file.streams()).hasSize(3);
    EegSimulation again = new EegSimulation(options, 6);
    XdfStream signal = file.streams().get(0);
    assertThat(signal.header().name()).isEqualTo("SimEEG");
    assertThat(signal.header().channels()).extracting("label").contains("C3");
    // 20 s at 250.025 Hz are 5001 samples; ten losses of ten.
    assertThat(signal.samples()).isEqualTo(4901);
    double origin = signal.stamps()[0];
    double[] expected = Signals.rows(again.signal(), 0, 4901);
    for (int i = 0; i < 4901; i++) {
      assertThat(signal.stamps()[i] - origin).isCloseTo(again.signal().time(i), within(1e-8));
      assertThat((float) signal.values()[i * 4 + 1]).isEqualTo((float) expected[i * 4 + 1]);
    }
    XdfStream cues = file.streams().get(1);
    List<SimulatedEvent> events = again.markers().orElseThrow().between(0, 20);
    assertThat(cues.strings())
        .containsExactly(events.stream().map(SimulatedEvent::label).toArray(String[]::new));
    assertThat(cues.stamps()[1] - origin).isCloseTo(events.get(1).time(), within(1e-8));
    XdfStream truth = file.streams().get(2);
    assertThat(truth.samples()).isEqualTo(5001);
    assertThat(truth.values()).containsExactly(Signals.rows(again.sources(), 0, 5001));
    NumericTable written = NumericCsv.read(table);
    assertThat(written.hasClock()).isTrue();
    assertThat(written.columnNames())
        .startsWith("time", "alpha [microvolts]", "alpha amplitude [microvolts]")
        .endsWith("class");
    assertThat(written.rows()).isEqualTo(5001);
    for (int i = 0; i < 5001; i += 50) {
      assertThat(written.get(i, 0)).isEqualTo(truth.stamps()[i]);
      assertThat(written.get(i, 1))
          .isEqualTo(truth.values()[i * again.sources().info().channelCount()]);
    }
  }

  @Test
  void spikesGoOutWithTheirOwnMoments() throws InterruptedException {
    Path table = folder.resolve("spikes.csv");
    SpikeOptions options = SpikeOptions.of("Volt", 3, 1);
    VoltageOptions voltage = new VoltageOptions(2, 30_000, 8, 40);
    XdfFile file;
    try (TruthFile truth =
        new TruthFile(table, new VoltageSimulation(options, voltage, 1), false)) {
      file = recorded(new VoltageSimulation(options, voltage, 1), 3, truth);
    }
    VoltageSimulation again = new VoltageSimulation(options, voltage, 1);
    assertThat(file.streams().get(0).samples()).isEqualTo(90_000);
    XdfStream spikes = file.streams().get(1);
    List<SimulatedEvent> events = again.spikes().between(0, 3);
    assertThat(spikes.samples()).isEqualTo(events.size());
    double origin = file.streams().get(0).stamps()[0];
    for (int i = 0; i < events.size(); i++) {
      assertThat(spikes.stamps()[i] - origin).isCloseTo(events.get(i).time(), within(1e-8));
      assertThat(spikes.values()[3 * i]).isEqualTo(events.get(i).values().get(0));
    }
    assertThat(file.streams().get(2).header().name()).isEqualTo("Volt-movement");
    assertThat(file.streams().get(2).samples()).isEqualTo(300);
    assertThat(NumericCsv.read(table).rows()).isEqualTo(events.size());
    assertThat(NumericCsv.read(folder.resolve("spikes-movement.csv")).rows()).isEqualTo(300);
  }

  @Test
  void aSimulationIsASourceWithoutLsl() throws InterruptedException {
    EegSimulation eeg = new EegSimulation(EEG, 3);
    ReplayOptions atOnce =
        ReplayOptions.DEFAULTS.withSpeed(ReplayOptions.AT_ONCE).withOriginalStamps(true);
    try (Source source = new ReplaySource(new EegSimulation(EEG, 3).recording(2), atOnce)) {
      Chunk chunk = new Chunk(130, 4);
      int rows = 0;
      while (source.read(chunk, Duration.ZERO) != Source.END) {
        for (int i = 0; i < chunk.rows(); i++) {
          assertThat(chunk.stamps()[i]).isEqualTo((rows + i) / 250.0);
        }
        double[] expected = Signals.rows(eeg.signal(), rows, chunk.rows());
        assertThat(java.util.Arrays.copyOf(chunk.values(), expected.length))
            .containsExactly(expected);
        rows += chunk.rows();
      }
      assertThat(rows).isEqualTo(500);
    }
  }

  @Test
  void closeEndsARunThatHasNoEnd() throws InterruptedException {
    CountDownLatch some = new CountDownLatch(100);
    SimulationRunOptions endless =
        SimulationRunOptions.DEFAULTS.withClock(now::get, t -> now.accumulateAndGet(t, Math::max));
    SimulationRun run =
        new SimulationRun(
            new EegSimulation(EEG, 1), lsl, endless, (s, stamp, v, o) -> some.countDown());
    some.await();
    run.close();
    ended(run);
    assertThat(run.streams().get(0).samples()).isPositive();
  }

  @Test
  void aRunThatNobodyHearsFailsWithTheReason() throws InterruptedException {
    SimulationRunOptions waits = virtual.withSeconds(1).withAwaitConsumers(Duration.ofMillis(20));
    try (SimulationRun run =
        new SimulationRun(new EegSimulation(EEG, 1), lsl, waits, SimulationListener.NONE)) {
      assertThat(run.awaitEnd(LslTesting.LONG)).isTrue();
      assertThat(run.failure().orElseThrow())
          .isInstanceOf(StreamException.class)
          .hasMessage("nobody listens to stream 'SimEEG' within 0.02 s; nothing was simulated");
      assertThat(run.streams().get(0).samples()).isZero();
    }
  }

  @Test
  void truthThatIsThereIsNotOverwritten() throws Exception {
    Path there = Files.writeString(folder.resolve("there.csv"), "mine");
    EegSimulation eeg = new EegSimulation(EEG, 1);
    assertThatThrownBy(() -> new TruthFile(there, eeg, false))
        .isInstanceOf(UsageException.class)
        .hasMessage(there + ": exists already; choose another name, or allow it to be overwritten");
    assertThat(there).hasContent("mine");
    new TruthFile(there, eeg, true).close();
    assertThat(Files.readString(there)).startsWith("time,alpha [microvolts],");
    Path nowhere = folder.resolve("none").resolve("t.csv");
    assertThatThrownBy(() -> new TruthFile(nowhere, eeg, false))
        .isInstanceOf(UsageException.class)
        .hasMessage(nowhere + ": could not be written: " + nowhere + "; choose another place");
  }

  @Test
  void runsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> virtual.withSeconds(0))
        .hasMessage("a simulation lasts longer than 0 s; seconds=0.0");
    assertThatThrownBy(() -> virtual.withSpeed(Double.POSITIVE_INFINITY))
        .hasMessage("a simulation as fast as possible needs an end; say for how many seconds");
    assertThatThrownBy(() -> virtual.withSpeed(-1))
        .hasMessage("the speed of a simulation is positive; speed=-1.0");
  }
}
