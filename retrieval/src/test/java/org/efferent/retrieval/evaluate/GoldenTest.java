package org.efferent.retrieval.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.efferent.data.npy.Npy;
import org.efferent.retrieval.Material;
import org.junit.jupiter.api.Test;

/** NumPy's figures of the same embeddings. */
class GoldenTest {
  @Test
  void ranksAndFiguresAreThoseOfNumpy() {
    Embeddings queries = embeddings("queries.npy");
    Embeddings gallery = embeddings("gallery.npy");
    Truth truth =
        Truth.ofRows(
            "truth.npy",
            Npy.read(Material.resource(GoldenTest.class, "truth.npy")).longs(),
            gallery.rows());
    Ranks ranks = Ranks.ofCosines(queries, gallery, truth);
    assertThat(ranks.ranks())
        .containsExactly(
            Material.lines(GoldenTest.class, "ranks.csv").stream()
                .mapToDouble(Double::parseDouble)
                .toArray());
    Map<String, Double> figures = RetrievalFigures.of(ranks).byName();
    for (String line : Material.lines(GoldenTest.class, "figures.csv")) {
      String[] cells = line.split(",", -1);
      assertThat(figures.get(cells[0]))
          .as(cells[0])
          .isCloseTo(Double.parseDouble(cells[1]), within(1e-12));
    }
    assertThat(figures).doesNotContainKey("kWayTop1.50");
  }

  private static Embeddings embeddings(String name) {
    return Embeddings.of(name, Npy.read(Material.resource(GoldenTest.class, name)));
  }

  @Test
  void conceptCentresOfThingsAreFoundAsNumpyFindsThem() throws IOException {
    Path folder = Material.shared("data/things-clip");
    String json = Files.readString(Material.shared("golden/retrieval/things_clip.json"));
    Embeddings queries =
        Embeddings.of("images", Npy.read(folder.resolve("clip_feature_maps_test.npy")));
    Embeddings gallery = Embeddings.of("centres", Npy.read(folder.resolve("center_clip.npy")));
    assertThat(queries.width()).isEqualTo(768);
    CosineScores scores = CosineScores.of(queries, gallery);
    Ranks ranks = Ranks.of(scores, Truth.sameRow(200, 200));
    assertThat(ranks.ranks()).containsExactly(numbers(json, "rank"));
    RetrievalFigures figures = RetrievalFigures.of(ranks);
    for (String name :
        new String[] {
          "top1", "top5", "top10", "meanReciprocalRank", "medianRank", "meanAveragePrecision"
        }) {
      assertThat(figures.byName().get(name)).as(name).isCloseTo(number(json, name), within(1e-12));
    }
    assertThat(figures.kWayTop1()).containsOnlyKeys(2, 4, 10, 50, 100, 200);
    figures
        .kWayTop1()
        .forEach(
            (way, value) ->
                assertThat(value).isCloseTo(number(json, Integer.toString(way)), within(1e-12)));
    double[] first = new double[200];
    scores.read(0, 1, first);
    double[] best = Arrays.stream(first).sorted().skip(190).toArray();
    double[] expected = numbers(json, "scoresOfFirst");
    for (int i = 0; i < 10; i++) {
      // The reference's cosines are in single precision.
      assertThat(best[9 - i]).isCloseTo(expected[i], within(1e-6));
    }
  }

  private static double number(String json, String key) {
    Matcher matcher = Pattern.compile("\"" + key + "\": ([-0-9.e]+)").matcher(json);
    assertThat(matcher.find()).isTrue();
    return Double.parseDouble(matcher.group(1));
  }

  private static double[] numbers(String json, String key) {
    Matcher matcher = Pattern.compile("\"" + key + "\": \\[([^\\]]*)\\]").matcher(json);
    assertThat(matcher.find()).isTrue();
    return Arrays.stream(matcher.group(1).split(",", -1))
        .mapToDouble(text -> Double.parseDouble(text.strip()))
        .toArray();
  }
}
