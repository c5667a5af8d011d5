package org.efferent.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.efferent.cohort.CohortOptions.Existing;
import org.efferent.cohort.recordings.CohortTask;
import org.efferent.cohort.recordings.Facts;
import org.efferent.core.InputException;
import org.efferent.core.UnavailableException;
import org.efferent.core.UsageException;
import org.efferent.data.RecordingFile;
import org.efferent.data.Safetensors;
import org.efferent.data.bids.BidsDataset;
import org.efferent.data.bids.BidsRecording;
import org.efferent.data.files.RecordingFiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in this process. */
class CohortRunTest {
  @TempDir static Path shared;
  private static Path cohort;

  @TempDir Path folder;

  @BeforeAll
  static void simulate() {
    cohort = Simulated.cohort(shared.resolve("bids"), 3);
  }

  /** What the task says without Spark, one recording after another. */
  private static Map<String, Map<String, Double>> alone(CohortTask task) {
    Map<String, List<Safetensors>> kept = new TreeMap<>();
    for (BidsRecording recording : BidsDataset.open(cohort).recordings()) {
      try (RecordingFile file = recording.open(RecordingFiles::open)) {
        kept.computeIfAbsent(recording.name().entity("sub"), s -> new ArrayList<>())
            .add(task.recording(file, name -> null));
      }
    }
    Map<String, Map<String, Double>> figures = new TreeMap<>();
    kept.forEach(
        (name, own) -> figures.put(name, Facts.read(task.participant(name, own, f -> null))));
    return figures;
  }

  @Test
  void twoAtATimeGiveWhatOneAfterAnotherGives() throws IOException {
    CohortOptions options = Simulated.options("local[2]", cohort, folder.resolve("out"));
    List<CohortProgress> heard = new ArrayList<>();
    CohortResult result =
        CohortRun.run(
            options,
            new CohortListener() {
              @Override
              public void recording(CohortProgress progress) {
                heard.add(progress);
              }
            });
    assertThat(result.recordings()).isEqualTo(6);
    assertThat(result.failed()).isZero();
    assertThat(result.participants()).isEqualTo(3);
    assertThat(heard).hasSize(6);
    assertThat(heard.get(5).finished()).isEqualTo(6);
    assertThat(result.slowest()).isEqualTo(heard.get(5).slowest()).contains("_task-imagery_run-");
    Map<String, Map<String, Double>> alone = alone(options.task());
    List<String> expected = new ArrayList<>();
    alone.forEach(
        (name, figures) -> {
          StringBuilder row =
              new StringBuilder(
                  "participant=" + name + " recordings=2 failedRecordings=0 status=ok error=");
          figures.forEach(
              (figure, value) ->
                  row.append(' ')
                      .append(figure)
                      .append('=')
                      .append(Long.toHexString(Double.doubleToRawLongBits(value))));
          expected.add(row.toString());
        });
    assertThat(Simulated.table(folder.resolve("out"), "participants")).isEqualTo(expected);
    double mean = alone.values().stream().mapToDouble(f -> f.get("accuracy")).sum() / 3;
    assertThat((Map<?, ?>) result.figures().get("accuracy"))
        .extracting(map -> map.get("mean"))
        .isEqualTo(mean);
    assertThat(mean).as("the simulated hands can be told apart").isGreaterThan(0.5);
    assertThat(Simulated.names(folder.resolve("out")))
        .containsExactly(
            "cohort.json",
            "figures.json",
            "participants.parquet",
            "recordings.parquet",
            "timing.parquet");
  }

  @Test
  void aCorruptRecordingIsNamedAndTheOthersGoOn() throws IOException {
    Path damaged = folder.resolve("bids");
    Simulated.cohort(damaged, 2);
    Path bad = damaged.resolve("sub-001/eeg/sub-001_task-imagery_run-02_eeg.edf");
    Files.write(bad, java.util.Arrays.copyOf(Files.readAllBytes(bad), 700));
    CohortResult result =
        CohortRun.run(
            Simulated.options("local[2]", damaged, folder.resolve("out")), CohortListener.NONE);
    assertThat(result.recordings()).isEqualTo(4);
    assertThat(result.failed()).isEqualTo(1);
    assertThat(result.failedParticipants()).isEqualTo(1);
    assertThat(result.failures()).hasSize(2);
    assertThat(result.failures().get(0))
        .startsWith("sub-001/eeg/sub-001_task-imagery_run-02_eeg.edf: ");
    assertThat(result.failures().get(1))
        .isEqualTo(
            "participant 001: scoring each recording by the others needs two; recordings that could be read=1; tell participants apart by --participant");
    assertThat(Simulated.table(folder.resolve("out"), "recordings"))
        .hasSize(4)
        .filteredOn(row -> row.contains("status=failed"))
        .singleElement()
        .asString()
        .startsWith(
            "index=1 participant=001 path=sub-001/eeg/sub-001_task-imagery_run-02_eeg.edf status=failed error=");
  }

  @Test
  void resultsThatAreThereAreNotReplacedUnlessAskedFor() throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    Files.writeString(out.resolve("mine.txt"), "mine");
    CohortOptions refuse = Simulated.options("local[1]", cohort, out);
    assertThatThrownBy(() -> CohortRun.run(refuse, CohortListener.NONE))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            out
                + " is not empty; choose another folder, --resume to go on with a run that was cut short, or --force to delete its results");
    CohortOptions replace =
        Simulated.options(
            "local[1]", cohort.toString(), out.toString(), Existing.REPLACE, Map.of());
    assertThat(CohortRun.run(replace, CohortListener.NONE).failed()).isZero();
    assertThat(out.resolve("mine.txt")).hasContent("mine");
    String figures = Simulated.text(out.resolve("figures.json"));
    CohortOptions nothing =
        Simulated.options(
            "local[1]",
            folder.resolve("nothing").toString(),
            out.toString(),
            Existing.REPLACE,
            Map.of());
    assertThatThrownBy(() -> CohortRun.run(nothing, CohortListener.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there is no such folder or list");
    assertThat(Simulated.text(out.resolve("figures.json")))
        .as("a run that cannot begin replaces nothing")
        .isEqualTo(figures);
    CohortOptions resume =
        Simulated.options("local[1]", cohort.toString(), out.toString(), Existing.RESUME, Map.of());
    assertThatThrownBy(() -> CohortRun.run(resume, CohortListener.NONE))
        .isInstanceOf(UsageException.class)
        .hasMessage(out + ": the run in it is finished; there is nothing to go on with");
  }

  @Test
  void aRunGoesOnOnlyAsItBegan() throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    Files.writeString(
        out.resolve("cohort.json"), "{\"task\":\"health\",\"settings\":{},\"finished\":false}");
    CohortOptions resume =
        Simulated.options("local[1]", cohort.toString(), out.toString(), Existing.RESUME, Map.of());
    assertThatThrownBy(() -> CohortRun.run(resume, CohortListener.NONE))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            out
                + ": a run goes on only as it began; task was health and is imagery; give the same options or another folder");
  }

  @Test
  void aClusterThatIsNotThereIsNamedAtOnce() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    CohortOptions options =
        Simulated.options("spark://127.0.0.1:" + port, cohort, folder.resolve("out"));
    assertThatThrownBy(() -> CohortRun.run(options, CohortListener.NONE))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("no Spark master answers at 127.0.0.1:" + port + " (")
        .hasMessageEndingWith(
            "); start one, check host, port and firewall, or use --master local[N] on this machine");
    assertThat(folder.resolve("out")).doesNotExist();
    for (String master : List.of("local[0]", "http://x", "spark://nohost", "yarn")) {
      assertThatThrownBy(
              () ->
                  CohortRun.run(
                      Simulated.options(master, cohort, folder.resolve("out")),
                      CohortListener.NONE))
          .as(master)
          .isInstanceOfAny(UsageException.class, UnavailableException.class);
    }
  }

  @Test
  void aFolderWithoutRecordingsIsNamed() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThatThrownBy(
            () ->
                CohortRun.run(
                    Simulated.options("local[1]", empty, folder.resolve("out")),
                    CohortListener.NONE))
        .isInstanceOf(InputException.class)
        .hasMessage(
            empty
                + ": has no recording; recordings are files such as sub-01/eeg/sub-01_task-rest_eeg.edf or S001R03.edf");
    Path missing = folder.resolve("missing");
    assertThatThrownBy(
            () ->
                CohortRun.run(
                    Simulated.options("local[1]", missing, folder.resolve("out2")),
                    CohortListener.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(missing + ": there is no such folder or list");
    assertThat(folder.resolve("out2")).as("nothing to stumble over").isEmptyDirectory();
  }

  @Test
  void aFileSystemThatDoesNotAnswerIsNamed() {
    String nowhere = "hdfs://127.0.0.1:1/recordings";
    CohortOptions options =
        Simulated.options(
            "local[1]",
            nowhere,
            folder.resolve("out").toString(),
            Existing.REFUSE,
            Map.of("spark.hadoop.ipc.client.connect.max.retries", "0"));
    assertThatThrownBy(() -> CohortRun.run(options, CohortListener.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(nowhere + ": its file system cannot be read: ")
        .hasMessageEndingWith("; check the address and the settings (spark.hadoop.…)");
    assertThat(folder.resolve("out")).isEmptyDirectory();
  }

  @Test
  void aFileSystemWhoseJarsAreMissingIsNamed() {
    CohortOptions options =
        Simulated.options(
            "local[1]",
            "s3a://bucket/recordings",
            folder.resolve("out").toString(),
            Existing.REFUSE,
            Map.of());
    assertThatThrownBy(() -> CohortRun.run(options, CohortListener.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("s3a://bucket/recordings: the class path reads no such file system")
        .hasMessageContaining("EFFERENT_SPARK_JARS");
    assertThat(folder.resolve("out")).doesNotExist();
    CohortOptions results =
        Simulated.options(
            "local[1]", cohort.toString(), "s3a://bucket/out", Existing.REFUSE, Map.of());
    // Twice: the first leaves nothing behind that the second would take for a run.
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> CohortRun.run(results, CohortListener.NONE))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("s3a://bucket/out: the class path reads no such file system");
    }
  }

  @Test
  void aListNamesRecordingsAndTheirParticipants() throws IOException {
    Path list = folder.resolve("list.tsv");
    Path first = cohort.resolve("sub-002/eeg/sub-002_task-imagery_run-01_eeg.edf");
    Path second = cohort.resolve("sub-002/eeg/sub-002_task-imagery_run-02_eeg.edf");
    Files.copy(first, folder.resolve("a.edf"));
    Files.writeString(list, "path\tparticipant\n# a remark\na.edf\tanna\n" + second + "\tanna\n");
    CohortResult result =
        CohortRun.run(
            Simulated.options("local[1]", list, folder.resolve("out")), CohortListener.NONE);
    assertThat(result.failures()).isEmpty();
    assertThat(Simulated.table(folder.resolve("out"), "participants"))
        .singleElement()
        .asString()
        .startsWith("participant=anna recordings=2 ");
  }

  /** A file system that is not this machine's, as far as the program can tell. */
  public static final class Elsewhere extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("elsewhere:///");
    }

    @Override
    public String getScheme() {
      return "elsewhere";
    }
  }

  @Test
  void anotherFileSystemGivesTheSame() throws IOException {
    Map<String, String> conf = new LinkedHashMap<>();
    conf.put("spark.hadoop.fs.elsewhere.impl", Elsewhere.class.getName());
    CohortResult result =
        CohortRun.run(
            Simulated.options(
                "local[2]",
                "elsewhere://" + cohort,
                "elsewhere://" + folder.resolve("far"),
                Existing.REFUSE,
                conf),
            CohortListener.NONE);
    assertThat(result.failures()).isEmpty();
    CohortRun.run(
        Simulated.options("local[1]", cohort, folder.resolve("near")), CohortListener.NONE);
    for (String table : List.of("recordings", "participants")) {
      assertThat(Simulated.table(folder.resolve("far"), table))
          .as(table)
          .isEqualTo(Simulated.table(folder.resolve("near"), table));
    }
    assertThat(Simulated.text(folder.resolve("far/figures.json")))
        .isEqualTo(Simulated.text(folder.resolve("near/figures.json")));
  }

  @Test
  void withoutSparkTheReasonIsSaid() throws Exception {
    List<URI> without = new ArrayList<>();
    for (String entry :
        System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1)) {
      if (!entry.contains("spark") && !entry.contains("hadoop") && !entry.contains("scala")) {
        without.add(Path.of(entry).toUri());
      }
    }
    java.net.URL[] urls = new java.net.URL[without.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = without.get(i).toURL();
    }
    try (java.net.URLClassLoader loader =
        new java.net.URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      Class<?> probe = loader.loadClass("org.efferent.cohort.NoSpark");
      assertThat(probe.getMethod("said").invoke(null))
          .isEqualTo(
              "Apache Spark is not on the class path, which many recordings run on; start ./efferent cohort, which adds its folder spark/jars, or add the jars of Spark 4.2 for Scala 2.13");
    }
  }

  @Test
  void optionsAreChecked() {
    assertThatThrownBy(() -> CohortTask.of("imaginary", Map.of()))
        .hasMessage("a task is one of [health, imagery, evoked, encode]; task=imaginary");
    assertThatThrownBy(() -> CohortTask.of("health", Map.of("band", "8:30")))
        .hasMessage("task health has no option --band; leave it out");
    assertThatThrownBy(() -> CohortTask.of("imagery", Map.of("band", "30:8")))
        .hasMessage("--band must be A:B, A below B; given=30:8");
    assertThatThrownBy(() -> CohortTask.of("evoked", Map.of()))
        .hasMessageStartingWith("task evoked needs --classes");
    assertThatThrownBy(
            () ->
                new CohortOptions(
                    CohortTask.of("health", Map.of()),
                    "local",
                    "a",
                    "b",
                    "",
                    "S\\d+",
                    Existing.REFUSE,
                    Map.of()))
        .hasMessage(
            "--participant must have a group that names the participant, such as '(S\\d+)R'; participant=S\\d+");
  }
}
