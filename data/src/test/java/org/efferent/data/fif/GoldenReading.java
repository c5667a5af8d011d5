package org.efferent.data.fif;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.efferent.core.ChannelInfo;
import org.efferent.core.MemoryRecording;
import org.junit.jupiter.api.Assumptions;

/** What MNE-Python read of a shared recording, compared with what was read here. */
public final class GoldenReading {
  private static final double TOLERANCE = 1e-6;

  private final JsonNode golden;

  private GoldenReading(JsonNode golden) {
    this.golden = golden;
  }

  /** A file below {@code ../shared}; the test is skipped where it is absent. */
  public static Path shared(String name) {
    Path file = Path.of(System.getProperty("efferent.root"), "../shared", name);
    Assumptions.assumeTrue(Files.exists(file), "needs " + name + " at ../shared");
    return file;
  }

  /** The reading of a recording, named as {@code make_readers.py} names it. */
  public static GoldenReading of(String name) throws IOException {
    Path file = shared("golden/readers/" + name + ".json");
    return new GoldenReading(new ObjectMapper().readTree(file.toFile()));
  }

  public JsonNode json() {
    return golden;
  }

  /**
   * Names, kinds, rate, samples, first and last samples, means and deviations; fails if unequal.
   */
  public void check(MemoryRecording r, int channels) {
    assertThat(r.info().sampleRateHz()).isEqualTo(golden.get("sfreq").asDouble());
    assertThat(r.rows()).isEqualTo(golden.get("samples").asLong());
    List<String> names = new ArrayList<>();
    golden.get("channels").forEach(n -> names.add(n.asText()));
    assertThat(r.info().channels().stream().map(ChannelInfo::label).toList())
        .isEqualTo(names.subList(0, channels));
    int rows = (int) r.rows();
    for (int c = 0; c < channels; c++) {
      String as = names.get(c);
      assertThat(mneKind(r.info().channels().get(c).kind()))
          .as(as)
          .isEqualTo(golden.get("kinds").get(c).asText());
      double std = golden.get("std").get(c).asDouble();
      double mean = golden.get("mean").get(c).asDouble();
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += r.values()[i * channels + c];
      }
      double squares = 0;
      for (int i = 0; i < rows; i++) {
        squares += Math.pow(r.values()[i * channels + c] - sum / rows, 2);
      }
      near(sum / rows, mean, Math.abs(mean) + std, as + " mean");
      near(Math.sqrt(squares / rows), std, std, as + " std");
      for (int i = 0; i < 5; i++) {
        double first = golden.get("first").get(c).get(i).asDouble();
        near(r.values()[i * channels + c], first, Math.abs(first), as + " first " + i);
        double last = golden.get("last").get(c).get(i).asDouble();
        near(r.values()[(rows - 5 + i) * channels + c], last, Math.abs(last), as + " last " + i);
      }
    }
  }

  /** Rows of {@code [sample, previous, id]}. */
  public List<FifEvent> events() {
    List<FifEvent> events = new ArrayList<>();
    golden
        .get("events")
        .forEach(
            e -> events.add(new FifEvent(e.get(0).asLong(), e.get(1).asLong(), e.get(2).asLong())));
    return events;
  }

  public static void near(double value, double expected, double scale, String as) {
    assertThat(Math.abs(value - expected))
        .as("%s: %s should be %s", as, value, expected)
        .isLessThanOrEqualTo(TOLERANCE * scale);
  }

  private static String mneKind(String kind) {
    return switch (kind) {
      case "MEGMAG", "MEGGRADAXIAL" -> "mag";
      case "MEGGRADPLANAR" -> "grad";
      case "MEGREFMAG", "MEGREFGRADAXIAL", "MEGREFGRADPLANAR" -> "ref_meg";
      case "TRIG" -> "stim";
      default -> kind.toLowerCase(java.util.Locale.ROOT);
    };
  }
}
