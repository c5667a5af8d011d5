package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.StreamInfo;
import org.efferent.data.RecordingAbout;
import org.efferent.data.edf.EdfOptions;
import org.efferent.data.edf.EdfWriter;
import org.efferent.filters.features.FeatureFile;
import org.efferent.filters.features.ImageryModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CursorImageryTest {
  private static final double RATE = 160;
  private static final String[] LABELS = {"C3", "Cz", "C4", "Pz", "O1", "O2", "EOG"};

  @TempDir private Path folder;
  private Path one;
  private Path two;
  private Path three;

  /**
   * Twenty trials; the rhythm over C4 falls silent at T1, the one over C3 at T2. A channel that is
   * no EEG tells the class outright.
   */
  @BeforeEach
  void recordings() {
    one = write("one.edf", 20, 1, 20);
    two = write("two.edf", 20, 2, 20);
    three = write("three.edf", 20, 3, 0);
  }

  private Path write(String name, int trials, long seed, double strength) {
    Random random = new Random(seed);
    int rows = (int) ((4 * trials + 4) * RATE);
    double[] stamps = new double[rows];
    double[] values = new double[rows * LABELS.length];
    List<Marker> markers = new ArrayList<>();
    for (int t = 0; t < trials; t++) {
      markers.add(new Marker(4 * t, 2, "T0"));
      markers.add(new Marker(4 * t + 2, 2, t % 2 == 0 ? "T1" : "T2"));
    }
    for (int r = 0; r < rows; r++) {
      stamps[r] = r / RATE;
      int t = (int) Math.floor((r / RATE - 2) / 4);
      boolean trial = t >= 0 && r / RATE - 2 - 4 * t < 2.6;
      double left = trial && t % 2 == 0 ? 0.2 : 1;
      double right = trial && t % 2 == 1 ? 0.2 : 1;
      for (int c = 0; c < LABELS.length - 1; c++) {
        values[r * LABELS.length + c] = 10 * random.nextGaussian();
      }
      values[r * LABELS.length + 2] += left * strength * Math.sin(2 * Math.PI * 11 * r / RATE);
      values[r * LABELS.length] += right * strength * Math.sin(2 * Math.PI * 12 * r / RATE);
      values[r * LABELS.length + 6] = left * 100 * Math.sin(2 * Math.PI * 20 * r / RATE);
    }
    List<ChannelInfo> channels = new ArrayList<>();
    for (String label : LABELS) {
      channels.add(new ChannelInfo(label, label.equals("EOG") ? "EOG" : "EEG", "uV"));
    }
    StreamInfo info = new StreamInfo("eeg", "EEG", RATE, "", channels);
    Path file = folder.resolve(name);
    EdfWriter.write(
        file,
        new MemoryRecording(info, stamps, values, markers),
        RecordingAbout.UNKNOWN,
        EdfOptions.DEFAULTS);
    return file;
  }

  private static Cli.Result imagery(Object... more) {
    return Cli.run(Cli.words(new Object[] {"cursor", "imagery"}, more));
  }

  @Test
  void learnsScoresAndSaves() throws IOException {
    Path saved = folder.resolve("hands.imagery");
    Path out = folder.resolve("result");
    JsonNode json =
        imagery(
                "--train",
                one,
                two,
                "--test",
                three,
                "--leave-one-run-out",
                "--save",
                saved,
                "--out",
                out,
                "--json")
            .json();
    assertThat(json.get("classes")).hasToString("[\"left\",\"right\"]");
    assertThat(json.get("channels").asInt()).as("without EOG").isEqualTo(6);
    assertThat(json.get("sampleRateHz").asDouble()).isEqualTo(RATE);
    assertThat(json.get("skippedTrials").asInt()).isZero();
    JsonNode left = json.get("results").get(0);
    assertThat(left.get("scheme").asText()).isEqualTo("leave-one-run-out");
    assertThat(left.get("trials").asInt()).isEqualTo(40);
    assertThat(left.get("accuracy").asDouble()).isGreaterThanOrEqualTo(0.95);
    assertThat(left.get("chance").asDouble()).isEqualTo(0.5);
    assertThat(left.get("interval").get(0).asDouble()).isGreaterThan(0.8);
    assertThat(left.get("kappa").asDouble()).isGreaterThanOrEqualTo(0.9);
    assertThat(left.get("bins").asInt()).isBetween(40 * 9, 40 * 12);
    assertThat(left.get("binAccuracy").asDouble()).isGreaterThan(0.9);
    JsonNode test = json.get("results").get(1);
    assertThat(test.get("train")).hasToString("[\"one.edf\",\"two.edf\"]");
    assertThat(test.get("test")).hasToString("[\"three.edf\"]");
    assertThat(test.get("accuracy").asDouble()).as("nothing there").isBetween(0.2, 0.8);
    JsonNode table = test.get("confusion");
    assertThat(table.get(0).get(0).asInt() + table.get(0).get(1).asInt()).isEqualTo(10);
    ImageryModel model = FeatureFile.loadImagery(saved);
    assertThat(model.classes()).containsExactly("left", "right");
    assertThat(model.patterns().input().channels()).hasSize(6);
    JsonNode record = new ObjectMapper().readTree(Files.readString(out.resolve("run.json")));
    assertThat(record.get("data")).hasSize(3);
    assertThat(record.get("figures").get("results")).hasSize(2);
    assertThat(record.get("configuration").get("band").asText()).isEqualTo("8:30");
  }

  @Test
  void markersMayMeanSomethingElseInEachRecording() {
    JsonNode json =
        imagery(
                "--train",
                one,
                two,
                "--classes",
                "left=T1,right=T2",
                "--classes",
                "both=T1,feet=T2",
                "--save",
                folder.resolve("four"),
                "--json")
            .json();
    assertThat(json.get("classes")).hasToString("[\"left\",\"right\",\"both\",\"feet\"]");
    assertThat(FeatureFile.loadImagery(folder.resolve("four")).patterns().names()).hasSize(24);
  }

  @Test
  void peopleGetALine() {
    Cli.Result result = imagery("--train", one, two, "--leave-one-run-out");
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .matches(
            "leave-one-run-out: \\d+ of 40 trials right, [0-9.]+ % \\(95 %: [0-9.]+ to [0-9.]+\\),"
                + " chance 50.0 %, p \\S+, kappa [0-9.]+; of bins [0-9.]+ %\\R");
  }

  /** PhysioNet's eegmmidb, subject 1; scipy, MNE and scikit-learn say 21, 14 and 20 of 30 too. */
  @Test
  void executedAndImaginedFists() {
    Path data = Cli.shared("data/eegmmidb");
    Object[] executed = {"--train", data.resolve("S001R03.edf"), data.resolve("S001R07.edf")};
    Object[] imagined = {data.resolve("S001R04.edf"), data.resolve("S001R08.edf")};
    Object[] both = Cli.words(executed, "--leave-one-run-out", "--json", "--test");
    JsonNode results = imagery(Cli.words(both, imagined)).json().get("results");
    assertThat(results.get(0).get("correct").asInt()).isEqualTo(21);
    assertThat(results.get(0).get("trials").asInt()).isEqualTo(30);
    assertThat(results.get(0).get("interval").get(0).asDouble()).isCloseTo(0.506, within(0.001));
    assertThat(results.get(1).get("correct").asInt()).isEqualTo(20);
    JsonNode within =
        imagery(
                Cli.words(
                    new Object[] {"--train"}, Cli.words(imagined, "--leave-one-run-out", "--json")))
            .json()
            .get("results");
    assertThat(within.get(0).get("correct").asInt()).isEqualTo(14);
  }

  @Test
  void saysWhatIsWrong() {
    imagery("--train", one)
        .failed(2, "say what to do with what is learned: --test, --leave-one-run-out or --save");
    imagery("--train", one, "--leave-one-run-out")
        .failed(2, "--leave-one-run-out needs at least two recordings in --train; recordings=1");
    imagery("--train", one, "--test", two, "--band", "8-30")
        .failed(2, "--band must be two numbers, A:B; --band=8-30");
    imagery("--train", one, "--test", two, "--band", "8:90")
        .failed(
            2,
            "a filter's corner must lie between 0 and half the sampling rate; cornerHz=90.0,"
                + " sampleRateHz=160.0");
    imagery("--train", one, "--test", two, "--classes", "left")
        .failed(
            2,
            "--classes must be CLASS=MARKER, separated by commas, such as left=T1,right=T2;"
                + " classes=left");
    imagery("--train", one, "--test", two, "--classes", "left=T1,right=T1")
        .failed(2, "a marker must stand for one class; marker=T1, classes=left=T1,right=T1");
    String three = "left=T1,right=T2";
    imagery(
            "--train",
            one,
            "--test",
            two,
            "--classes",
            three,
            "--classes",
            three,
            "--classes",
            three)
        .failed(
            2,
            "--classes must be given once or as often as there are recordings; classes=3,"
                + " recordings=2");
    imagery("--train", one, "--test", two, "--classes", "left=769,right=770")
        .failed(
            3,
            "one.edf: has no whole trial; cues=[769, 770], markers=40, trials cut off or not finite=0");
    imagery("--train", one, "--test", two, "--classes", "left=T1,right=T3")
        .failed(3, "each class needs at least two trials; class=right, trials=0");
    imagery("--train", one, "--test", folder.resolve("none.edf"))
        .failed(3, folder.resolve("none.edf") + ": there is no such file; check the path");
  }
}
