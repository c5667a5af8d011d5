package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrieveSpeechTest {
  private static final int SENTENCES = 8;
  private static final int WORDS = 5;
  private static final int WIDTH = 12;

  @TempDir private Path folder;

  /** Segments of a sentence resemble each other; windows are their segments in noise. */
  @BeforeEach
  void write() throws IOException {
    Random random = new Random(5);
    int n = SENTENCES * WORDS;
    float[] segments = new float[n * WIDTH];
    float[] windows = new float[n * WIDTH];
    List<String> ids = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (int s = 0; s < SENTENCES; s++) {
      double[] common = random.doubles(WIDTH, -1, 1).toArray();
      for (int w = 0; w < WORDS; w++) {
        int row = s * WORDS + w;
        ids.add("s%d-w%d".formatted(s, w));
        words.add("word" + row % 7);
        for (int d = 0; d < WIDTH; d++) {
          segments[row * WIDTH + d] = (float) (2 * common[d] + random.nextGaussian());
          windows[row * WIDTH + d] =
              (float) (segments[row * WIDTH + d] + 2 * random.nextGaussian());
        }
      }
    }
    Npy.write(folder.resolve("q.npy"), Tensor.of(windows, n, 3, 4), false);
    Npy.write(folder.resolve("g.npy"), Tensor.of(segments, n, 3, 4), false);
    Files.write(folder.resolve("ids.txt"), ids);
    Files.write(folder.resolve("words.txt"), words);
  }

  private Cli.Result run(Object... more) {
    return Cli.run(
        Cli.words(
            new Object[] {
              "retrieve",
              "speech",
              "--queries",
              folder.resolve("q.npy"),
              "--gallery",
              folder.resolve("g.npy"),
              "--ids",
              folder.resolve("ids.txt"),
              "--gallery-ids",
              folder.resolve("ids.txt"),
              "--bootstrap",
              100
            },
            more));
  }

  private static JsonNode json(Cli.Result result) throws IOException {
    assertThat(result.status()).as(result.err()).isZero();
    return new ObjectMapper().readTree(result.out());
  }

  @Test
  void segmentsAndWordsAreRankedAndSentencesHelp() throws IOException {
    Path words = folder.resolve("words.txt");
    JsonNode alone = json(run("--words", words, "--gallery-words", words, "--json"));
    assertThat(alone.path("segments").path("gallery").asInt()).isEqualTo(40);
    assertThat(alone.path("words").path("gallery").asInt()).isEqualTo(7);
    assertThat(alone.path("segments").path("top1").asDouble()).isBetween(0.1, 0.9);
    assertThat(alone.path("segments").path("protocol").toString())
        .contains("40 of 40 segments are unique", "each window is answered by itself");
    JsonNode together = json(run("--context", "mean", "--weight", 3, "--json"));
    assertThat(together.path("sameSentence").asDouble())
        .isGreaterThan(alone.path("sameSentence").asDouble());
    assertThat(together.has("words")).isFalse();
    assertThat(run().out()).contains("first answer in the right sentence: ");
  }

  @Test
  void wrongInputIsToldInOneLine() {
    run("--words", folder.resolve("words.txt"))
        .failed(2, "--words and --gallery-words go together; give both");
    run("--context", "much").failed(2, "--context must be none, sum or mean; context=much");
    run("--context", "sum", "--weight", 0).failed(2, "--weight must be above 0; weight=0.0");
    run("--sentence", "x(.*)")
        .failed(
            3,
            "segment 's0-w0' does not tell its sentence by --sentence 'x(.*)'; name a pattern with a group that does");
  }
}
