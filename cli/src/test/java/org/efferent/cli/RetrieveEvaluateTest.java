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
import java.util.Map;
import java.util.Random;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrieveEvaluateTest {
  private static final int IMAGES = 20;
  private static final int WIDTH = 8;

  @TempDir Path folder;

  private Path queries;
  private Path gallery;

  /** Twenty images, each seen three times by two subjects. */
  @BeforeEach
  void material() throws IOException {
    Random random = new Random(1);
    float[] images = new float[IMAGES * WIDTH];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    float[] trials = new float[6 * images.length];
    StringBuilder table = new StringBuilder("image,subject\n");
    for (int t = 0; t < 6 * IMAGES; t++) {
      for (int i = 0; i < WIDTH; i++) {
        trials[t * WIDTH + i] =
            (float) (images[t % IMAGES * WIDTH + i] + 1.5 * random.nextGaussian());
      }
      table.append("i").append(t % IMAGES).append(",s").append(t / IMAGES % 2).append('\n');
    }
    queries = folder.resolve("trials.npy");
    gallery = folder.resolve("images.npy");
    Npy.write(queries, Tensor.of(trials, 6L * IMAGES, 1, WIDTH), false);
    Npy.write(gallery, Tensor.of(images, IMAGES, WIDTH), false);
    Files.writeString(folder.resolve("trials.csv"), table);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      names.add("i" + i);
    }
    Files.write(folder.resolve("images.txt"), names);
    long[] truth = new long[6 * IMAGES];
    for (int t = 0; t < truth.length; t++) {
      truth[t] = t % IMAGES;
    }
    Npy.write(folder.resolve("truth.npy"), Tensor.of(truth, truth.length), false);
  }

  private Cli.Result run(Object... more) {
    return Cli.run(
        Cli.words(
            new Object[] {
              "retrieve", "evaluate", "--queries", queries, "--gallery", gallery, "--bootstrap", 200
            },
            more));
  }

  private Object[] ids() {
    return new Object[] {
      "--ids",
      folder.resolve("trials.csv") + "#image",
      "--gallery-ids",
      folder.resolve("images.txt")
    };
  }

  @Test
  void conceptCentresOfThingsAreThoseOfNumpy() throws IOException {
    Path data = Cli.shared("data/things-clip");
    JsonNode golden =
        new ObjectMapper().readTree(Cli.shared("golden/retrieval/things_clip.json").toFile());
    JsonNode json =
        Cli.run(
                "retrieve",
                "evaluate",
                "--queries",
                data.resolve("clip_feature_maps_test.npy"),
                "--gallery",
                data.resolve("center_clip.npy"),
                "--json")
            .json();
    for (int i = 0; i < 200; i++) {
      assertThat(json.path("rank").get(i).doubleValue())
          .isEqualTo(golden.path("rank").get(i).doubleValue());
    }
    for (String name :
        List.of(
            "top1", "top5", "top10", "medianRank", "meanReciprocalRank", "meanAveragePrecision")) {
      assertThat(json.path(name).doubleValue())
          .as(name)
          .isCloseTo(golden.path(name).doubleValue(), within(1e-12));
    }
    for (String way : List.of("2", "4", "10", "50", "100", "200")) {
      assertThat(json.path("kWayTop1").path(way).doubleValue())
          .isCloseTo(golden.path("kWayTop1").path(way).doubleValue(), within(1e-12));
    }
    assertThat(json.path("queries").intValue()).isEqualTo(200);
    assertThat(json.path("gallery").intValue()).isEqualTo(200);
  }

  @Test
  void theTruthIsARowOrAnIdentity() {
    JsonNode byRow = run("--truth", folder.resolve("truth.npy"), "--json", "--k", "3,20").json();
    JsonNode byName = run(Cli.words(ids(), "--json")).json();
    assertThat(byRow.fieldNames())
        .toIterable()
        .containsExactly(
            "queries",
            "gallery",
            "top1",
            "top3",
            "top5",
            "top10",
            "top20",
            "medianRank",
            "relativeMedianRank",
            "meanRelativeRank",
            "meanReciprocalRank",
            "meanAveragePrecision",
            "kWayTop1",
            "kWayTop5",
            "mostFrequentAnswerShare",
            "chance",
            "confidence95",
            "confidenceOver",
            "protocol",
            "rank");
    assertThat(byRow.path("rank")).isEqualTo(byName.path("rank"));
    assertThat(byRow.path("top20").doubleValue()).isEqualTo(1);
    assertThat(byRow.path("chance").path("top1").doubleValue()).isEqualTo(0.05);
    assertThat(byRow.path("chance").path("constantAnswer").doubleValue()).isEqualTo(0.05);
    assertThat(byRow.path("kWayTop1").fieldNames()).toIterable().containsExactly("2", "4", "10");
    double top1 = byRow.path("top1").doubleValue();
    assertThat(byRow.path("confidence95").path("top1").get(0).doubleValue()).isLessThan(top1);
    assertThat(byRow.path("confidence95").path("top1").get(1).doubleValue()).isGreaterThan(top1);
    assertThat(byRow.path("confidenceOver").textValue()).isEqualTo("stimuli");
  }

  @Test
  void repetitionsAreAveragedAndSubjectsResampled() throws IOException {
    Object[] subjects = {"--subjects", folder.resolve("trials.csv") + "#subject", "--json"};
    JsonNode single = run(Cli.words(ids(), subjects)).json();
    Path out = folder.resolve("out");
    JsonNode averaged =
        run(Cli.words(
                Cli.words(ids(), subjects),
                "--repetitions",
                0,
                "--transductive",
                "csls",
                "--selected-on",
                "validation",
                "--out",
                out))
            .json();
    assertThat(single.path("queries").intValue()).isEqualTo(120);
    assertThat(averaged.path("queries").intValue()).isEqualTo(40);
    assertThat(averaged.path("top1").doubleValue())
        .isGreaterThan(single.path("top1").doubleValue());
    assertThat(averaged.path("confidenceOver").textValue()).isEqualTo("subjects × stimuli");
    assertThat(averaged.path("subjects").path("top1").fieldNames())
        .toIterable()
        .containsExactly("s0", "s1");
    List<String> protocol = new ArrayList<>();
    averaged.path("protocol").forEach(line -> protocol.add(line.textValue()));
    assertThat(protocol)
        .contains(
            "scores: transductive: scores less the means of the ten nearest of query and candidate (CSLS)",
            "averaged embeddings: of all repetitions of a stimulus and subject",
            "selection: chosen on validation data; the test set was looked at once",
            "40 queries of 20 stimuli among 20 candidates, 2 subjects");
    assertThat(single.path("protocol").toString()).doesNotContain("transductive");
    assertThat(Files.readAllLines(out.resolve("queries.csv"))).hasSize(41);
    assertThat(new ObjectMapper().readTree(out.resolve("run.json").toFile()).path("figures"))
        .isEqualTo(averaged);
  }

  @Test
  void controlsSayWhatTheyFound() throws IOException {
    StringBuilder leaking = new StringBuilder("length\n");
    StringBuilder lengths = new StringBuilder("length\n");
    for (int t = 0; t < 120; t++) {
      leaking.append(300 + t % IMAGES).append('\n');
    }
    for (int i = 0; i < IMAGES; i++) {
      lengths.append(300 + i).append('\n');
    }
    Files.writeString(folder.resolve("q.csv"), leaking);
    Files.writeString(folder.resolve("g.csv"), lengths);
    JsonNode json =
        run(Cli.words(
                ids(),
                "--json",
                "--controls",
                "--metadata",
                folder.resolve("q.csv"),
                "--gallery-metadata",
                folder.resolve("g.csv"),
                "--noise-queries",
                queries))
            .json();
    Map<String, JsonNode> byName = new java.util.HashMap<>();
    json.path("controls").forEach(c -> byName.put(c.path("name").textValue(), c));
    assertThat(byName.get("permuted labels").path("chanceInside").booleanValue()).isTrue();
    assertThat(byName.get("sensor-blind: length").path("top1").doubleValue()).isEqualTo(1);
    assertThat(byName.get("sensor-blind: length").path("betterThanChance").booleanValue()).isTrue();
    // The queries themselves are not noise: the control must say so.
    assertThat(byName.get("noise input").path("betterThanChance").booleanValue()).isTrue();
    assertThat(byName.get("time-shifted stimuli").path("ran").booleanValue()).isFalse();
    String text = run(Cli.words(ids(), "--controls", "--noise-queries", queries)).out();
    assertThat(text)
        .contains("control noise input: NOT at chance")
        .contains("control permuted labels: at chance")
        .contains("mostFrequentAnswerShare");
  }

  @Test
  void wrongInputIsNamed() throws IOException {
    run("--json")
        .failed(
            3,
            "without a truth row i of the gallery answers row i of the queries, so there must be as many; queries=120, gallery=20; give the truth or the identities");
    run(Cli.words(ids(), "--train", gallery))
        .failed(
            2,
            "--noise-queries, --shifted-queries, --metadata, --gallery-metadata and --train are for --controls; give it");
    assertThat(run(Cli.words(ids(), "--controls", "--train", gallery)).err())
        .contains("rows of the training and of the test must differ; 20 pairs are equal");
    run("--truth", folder.resolve("truth.npy"), "--transductive", "all")
        .failed(2, "--transductive must be one of none, csls, sinkhorn, z; given=all");
    run("--ids", folder.resolve("trials.csv"))
        .failed(2, "--ids and --gallery-ids go together; give both");
    Files.writeString(folder.resolve("images.txt"), "i0\n".repeat(IMAGES));
    assertThat(run(ids()).err()).contains("'i0' is row 0 and row 1 (from 0)");
    Path narrow = folder.resolve("narrow.safetensors");
    new Safetensors(Map.of(), Map.of("e", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2)))
        .write(narrow, false);
    Cli.run(
            "retrieve",
            "evaluate",
            "--queries",
            queries,
            "--gallery",
            narrow + "#e",
            "--truth",
            folder.resolve("truth.npy"))
        .failed(
            3,
            "queries and gallery must have embeddings of one width; trials.npy has 8, narrow.safetensors#e has 2; encode both with the same encoder");
    Path labels = folder.resolve("trials.csv");
    run("--ids", labels + "#who", "--gallery-ids", folder.resolve("images.txt"))
        .failed(3, labels + "#who: has no column 'who'; it has image, subject");
  }
}
