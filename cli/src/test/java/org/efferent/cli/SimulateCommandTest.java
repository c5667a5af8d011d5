package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.efferent.acquisition.LslSource;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.simulate.SpikeCountSimulation;
import org.efferent.acquisition.simulate.SpikeOptions;
import org.efferent.core.Chunk;
import org.efferent.core.Source;
import org.efferent.data.NumericCsv;
import org.efferent.data.NumericTable;
import org.efferent.data.xdf.XdfFile;
import org.efferent.data.xdf.XdfOptions;
import org.efferent.data.xdf.XdfStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulators as commands; all of it on this machine's loopback. */
class SimulateCommandTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private static String unique(String name) {
    return name + "-" + UUID.randomUUID();
  }

  private static JsonNode quick(Object... words) {
    Object[] all =
        Cli.words(words, "--speed", "max", "--loopback", "--json", "--name", unique("quick"));
    return Cli.run(Cli.words(new Object[] {"simulate"}, all)).json();
  }

  private static void stream(JsonNode json, int index, String suffix, String type, long samples) {
    JsonNode stream = json.path("streams").path(index);
    assertThat(stream.path("name").textValue()).startsWith("quick-").endsWith(suffix);
    assertThat(stream.path("type").textValue()).isEqualTo(type);
    assertThat(stream.path("samples").longValue()).isEqualTo(samples);
    assertThat(stream.path("heard").longValue()).isZero();
    assertThat(stream.path("dropped").longValue()).isZero();
  }

  @Test
  void eegHasCuesAndTruth() throws Exception {
    Path truth = folder.resolve("truth.csv");
    JsonNode json =
        quick("eeg", "--channels", 8, "--imagery", "--seconds", 20, "--truth", truth, "--seed", 3);
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "kind",
            "seed",
            "simulated",
            "seconds",
            "streams",
            "packets",
            "late",
            "worstLateMillis",
            "truth");
    assertThat(json.path("kind").textValue()).isEqualTo("eeg");
    assertThat(json.path("seed").intValue()).isEqualTo(3);
    assertThat(json.path("simulated").doubleValue()).isEqualTo(20);
    assertThat(json.path("late").intValue()).isZero();
    assertThat(json.path("streams")).hasSize(3);
    stream(json, 0, "", "EEG", 5000);
    assertThat(json.path("streams").path(1).path("type").textValue()).isEqualTo("Markers");
    assertThat(json.path("streams").path(1).path("samples").intValue()).isBetween(4, 6);
    stream(json, 2, "-truth", "Truth", 5000);
    assertThat(json.path("truth").path(0).textValue()).isEqualTo(truth.toString());
    NumericTable table = NumericCsv.read(truth);
    assertThat(table.rows()).isEqualTo(5000);
    assertThat(table.columnNames()).contains("alpha [microvolts]", "class");
    assertThat(table.get(4999, 0) - table.get(0, 0)).isCloseTo(4999 / 250.0, within(1e-8));
    // A second run does not write over it, unless told to.
    Cli.run("simulate", "eeg", "--seconds", 1, "--speed", "max", "--loopback", "--truth", truth)
        .failed(2, truth + ": exists already; choose another name, or allow it to be overwritten");
    assertThat(quick("eeg", "--seconds", 1, "--truth", truth, "--force").path("truth")).hasSize(1);
    assertThat(Files.readAllLines(truth)).hasSize(251);
  }

  @Test
  void faultsAreAskedForByOptions() {
    JsonNode json =
        quick(
            "eeg",
            "--channels",
            "Cz,Pz,T7",
            "--rate",
            500,
            "--bad",
            "T7=flat,Pz=NaN",
            "--lose-every",
            2,
            "--lose",
            25,
            "--clock-drift",
            1000,
            "--rhythms",
            "alpha=20,mu left=0",
            "--line",
            60,
            "--seconds",
            10);
    // 10 s of a clock that is 0.1 % fast, and five packets of 25 lost.
    stream(json, 0, "", "EEG", 5005 - 5 * 25);
    stream(json, 1, "-truth", "Truth", 5005);
  }

  @Test
  void spikesEvokedAndCursorAreThere() {
    JsonNode counts = quick("spikes", "--channels", 5, "--seconds", 30);
    assertThat(counts.path("kind").textValue()).isEqualTo("spikes");
    stream(counts, 0, "", "Features", 600);
    stream(counts, 1, "-truth", "Truth", 600);
    Path truth = folder.resolve("spikes.csv");
    JsonNode voltage =
        quick("spikes", "--voltage", "--channels", 2, "--seconds", 2, "--truth", truth);
    stream(voltage, 0, "", "Voltage", 60_000);
    long spikes = voltage.path("streams").path(1).path("samples").longValue();
    assertThat(spikes).isBetween(60L, 250L);
    stream(voltage, 2, "-movement", "Truth", 200);
    assertThat(NumericCsv.read(truth).rows()).isEqualTo((int) spikes);
    assertThat(folder.resolve("spikes-movement.csv")).exists();
    JsonNode evoked = quick("evoked", "--channels", 4, "--seconds", 11, "--targets", 0.5);
    stream(evoked, 0, "", "EEG", 2750);
    long stimuli = evoked.path("streams").path(1).path("samples").longValue();
    assertThat(stimuli).isBetween(9L, 10L);
    stream(evoked, 2, "-truth", "Truth", stimuli);
    JsonNode cursor = quick("cursor", "--channels", 7, "--rate", 10, "--seconds", 60);
    stream(cursor, 0, "", "Features", 600);
    stream(cursor, 1, "-truth", "Truth", 600);
  }

  @Test
  void whoListensGetsWhatTheSeedSays() throws Exception {
    String name = unique("counts");
    CompletableFuture<Cli.Result> simulate =
        CompletableFuture.supplyAsync(
            () ->
                Cli.run(
                    "simulate",
                    "spikes",
                    "--name",
                    name,
                    "--channels",
                    3,
                    "--seed",
                    4,
                    "--rate",
                    100,
                    "--speed",
                    20,
                    "--seconds",
                    20,
                    "--loopback",
                    "--await",
                    30));
    InletOptions toTheEnd = InletOptions.DEFAULTS.withEndOnDisconnect(true);
    SpikeCountSimulation expected =
        new SpikeCountSimulation(SpikeOptions.of(name, 3, 4), 1.0 / 100, 4);
    double[] counts = new double[3];
    int rows = 0;
    try (LslSource truth =
            LslSource.open(
                LslResolver.property("name", name + "-truth"), LONG, LslConfig.LOOPBACK, toTheEnd);
        LslSource source =
            LslSource.open(
                LslResolver.property("name", name), LONG, LslConfig.LOOPBACK, toTheEnd)) {
      assertThat(truth.info().channels()).extracting("label").startsWith("x", "y", "vx", "vy");
      Chunk chunk = new Chunk(256, 3);
      double first = Double.NaN;
      while (source.read(chunk, LONG) != Source.END) {
        for (int i = 0; i < chunk.rows(); i++, rows++) {
          first = rows == 0 ? chunk.stamps()[0] : first;
          expected.signal().read(rows, 1, counts, 0);
          assertThat(chunk.values()[3 * i]).isEqualTo(counts[0]);
          assertThat(chunk.values()[3 * i + 2]).isEqualTo(counts[2]);
          assertThat(chunk.stamps()[i] - first).isCloseTo(rows / 100.0, within(1e-8));
        }
      }
    }
    assertThat(rows).isEqualTo(2000);
    Cli.Result result = simulate.get(LONG.toSeconds(), TimeUnit.SECONDS);
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("2000 samples, 2000 of them while somebody listened, 0 dropped")
        .containsPattern("\\d+ of \\d+ packets were late, the latest by \\d+\\.\\d ms");
    assertThat(result.err())
        .contains("efferent: publishing '" + name + "' (Features), 3 channels, 100.0 Hz");
  }

  @Test
  void whatIsSimulatedCanBeRecorded() throws Exception {
    String name = unique("evoked");
    Path out = folder.resolve("evoked.xdf");
    CompletableFuture<Cli.Result> simulate =
        CompletableFuture.supplyAsync(
            () ->
                Cli.run(
                    "simulate",
                    "evoked",
                    "--name",
                    name,
                    "--channels",
                    "Cz,Pz",
                    "--speed",
                    "max",
                    "--seconds",
                    30,
                    "--loopback",
                    "--await",
                    30,
                    "--json"));
    Cli.Result record =
        Cli.run(
            "record",
            "--out",
            out,
            "--stream",
            name,
            "--stream",
            name + "-markers",
            "--stream",
            name + "-truth",
            "--wait",
            20,
            "--until-end",
            "--loopback",
            "--json");
    assertThat(record.json().path("streams")).hasSize(3);
    JsonNode json = simulate.get(LONG.toSeconds(), TimeUnit.SECONDS).json();
    List<XdfStream> streams = XdfFile.read(out, XdfOptions.RAW).streams();
    for (int i = 0; i < 3; i++) {
      JsonNode stream = json.path("streams").path(i);
      assertThat(streams.get(i).header().name()).isEqualTo(stream.path("name").textValue());
      assertThat(streams.get(i).samples()).isEqualTo(stream.path("samples").intValue());
      assertThat(stream.path("heard")).isEqualTo(stream.path("samples"));
    }
    // A trial's truth has the stamp of its marker, and the code of its class.
    assertThat(streams.get(2).stamps()).containsExactly(streams.get(1).stamps());
    for (int i = 0; i < streams.get(1).samples(); i++) {
      assertThat(streams.get(2).values()[3 * i])
          .isEqualTo(streams.get(1).strings()[i].equals("target") ? 1 : 0);
    }
  }

  @Test
  void whatCannotBeSimulatedIsTold() {
    Cli.run("simulate", "eeg", "--speed", "max", "--loopback")
        .failed(2, "--speed max needs an end; give --seconds");
    Cli.run("simulate", "eeg", "--seconds", 0, "--loopback")
        .failed(2, "--seconds must be positive; seconds=0.0");
    Cli.run("simulate", "eeg", "--await", -1, "--loopback")
        .failed(2, "--await must lie in 0 to 86400 seconds; await=-1.0");
    Cli.run("simulate", "eeg", "--channels", "Cz,Mars", "--loopback")
        .failed(2, "an electrode is one of the 10-05 system, such as Cz or FC5h; electrode='Mars'");
    Cli.run("simulate", "eeg", "--rhythms", "gamma=3", "--loopback")
        .failed(
            2,
            "--rhythms names one of [alpha, alpha left, alpha right, mu left, mu right, beta left,"
                + " beta right, theta]; rhythm=gamma");
    Cli.run("simulate", "spikes", "--units", 3, "--loopback")
        .failed(2, "--units, --noise and --field go with --voltage");
    Cli.run("simulate", "evoked", "--targets", 2, "--loopback")
        .failed(2, "--targets must lie in 0 to 1; targets=2.0");
    Cli.run("simulate", "cursor", "--rate", 0, "--loopback")
        .failed(2, "--rate must lie in 1 to 1000 bins a second; rate=0.0");
    Cli.run("simulate", "spikes", "--rate", 0, "--loopback")
        .failed(2, "--rate must lie in 0.1 to 1000 bins a second; rate=0.0");
    String nobody = unique("nobody");
    Cli.Result unheard =
        Cli.run("simulate", "eeg", "--name", nobody, "--await", 0.05, "--loopback");
    assertThat(unheard.status()).isEqualTo(4);
    assertThat(unheard.err())
        .endsWith(
            "efferent: nobody listens to stream '%s' within 0.05 s; nothing was simulated%n"
                .formatted(nobody));
    Cli.Result group = Cli.run("simulate");
    assertThat(group.status()).isEqualTo(2);
    assertThat(group.err())
        .startsWith(
            "efferent: say what to simulate: eeg, spikes, evoked, cursor, participant, pictures or cohort; see 'efferent simulate"
                + " --help'");
  }
}
