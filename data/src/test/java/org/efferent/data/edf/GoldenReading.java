package org.efferent.data.edf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.data.Units;
import org.junit.jupiter.api.Assumptions;

/** One of MNE-Python's readings in ../shared/golden/readers, and how a recording equals it. */
public final class GoldenReading {
  private final JsonNode json;

  private GoldenReading(JsonNode json) {
    this.json = json;
  }

  /** A file of ../shared; the test is skipped where it is absent. */
  public static Path shared(String name) {
    Path file = Path.of(System.getProperty("efferent.root"), "../shared", name);
    Assumptions.assumeTrue(Files.exists(file), "needs ../shared/" + name);
    return file;
  }

  /** The reading of a recording, named as {@code edf__test.edf}. */
  public static GoldenReading of(String name) throws IOException {
    Path file = shared("golden/readers/" + name + ".json");
    return new GoldenReading(new ObjectMapper().readTree(file.toFile()));
  }

  /** Compares names, rate, samples, and of each channel ends, mean and deviation. */
  public void assertSignals(Recording r) {
    assertThat(r.info().sampleRateHz()).isEqualTo(json.get("sfreq").asDouble(), within(1e-9));
    assertThat(r.rows()).isEqualTo(json.get("samples").asLong());
    List<String> labels = r.info().channels().stream().map(c -> c.label()).toList();
    assertThat(labels).isEqualTo(texts("channels"));
    for (int c = 0; c < labels.size(); c++) {
      assertChannel(r, c, c);
    }
  }

  /** Compares one channel with one of the reading's. */
  public void assertChannel(Recording r, int channel, int golden) {
    int rows = (int) r.rows();
    double[] all = new double[rows * r.channels()];
    r.read(0, rows, all, 0);
    boolean trigger = json.get("kinds").get(golden).asText().equals("stim");
    double si = trigger ? 1 : Units.toSi(r.info().channels().get(channel).unit()).orElse(1);
    double[] x = new double[rows];
    double mean = 0;
    for (int i = 0; i < rows; i++) {
      double v = all[i * r.channels() + channel] * si;
      // MNE masks triggers to 17 bits.
      x[i] = trigger ? (int) v & 0x1FFFF : v;
      mean += x[i] / rows;
    }
    double square = 0;
    for (double v : x) {
      square += (v - mean) * (v - mean) / rows;
    }
    double scale = Math.max(Math.abs(mean), Math.sqrt(square));
    String as = "channel " + channel;
    for (int i = 0; i < 5; i++) {
      double first = json.get("first").get(golden).get(i).asDouble();
      double last = json.get("last").get(golden).get(i).asDouble();
      assertThat(x[i]).as(as).isEqualTo(first, within(1e-6 * Math.abs(first) + 1e-12 * scale));
      assertThat(x[rows - 5 + i])
          .as(as)
          .isEqualTo(last, within(1e-6 * Math.abs(last) + 1e-12 * scale));
    }
    assertThat(mean)
        .as(as)
        .isEqualTo(json.get("mean").get(golden).asDouble(), within(1e-6 * scale));
    double std = json.get("std").get(golden).asDouble();
    assertThat(Math.sqrt(square)).as(as).isEqualTo(std, within(1e-6 * std));
  }

  /** The annotations as markers. */
  public List<Marker> annotations() {
    List<Marker> markers = new ArrayList<>();
    json.get("annotations")
        .forEach(
            a ->
                markers.add(
                    new Marker(a.get(0).asDouble(), a.get(1).asDouble(), a.get(2).asText())));
    return markers;
  }

  /** The events as {@code sample:id}. */
  public List<String> events() {
    List<String> events = new ArrayList<>();
    json.get("events").forEach(e -> events.add(e.get(0).asLong() + ":" + e.get(2).asLong()));
    return events;
  }

  private List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    json.get(field).forEach(t -> texts.add(t.asText()));
    return texts;
  }
}
