package org.efferent.cohort.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.StreamInfo;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.encoder.Encoders;
import org.efferent.decoders.loss.FlattenedContrastive;
import org.efferent.decoders.loss.Objective;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.train.EncoderFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings whose windows are known, through an encoder that was never trained. */
class EncodeTaskTest {
  private static final int TIME = 10;
  private static final int STIMULI = 8;
  private static final double RATE = 100;

  @TempDir private Path folder;

  @BeforeEach
  void encoder() throws IOException {
    Encoder mlp =
        Encoders.of(
            "projection-mlp", Map.of("channels", 2, "time", TIME, "projectionDim", 6), "test", 0);
    Objective objective = Objective.of(FlattenedContrastive.PUBLISHED);
    EncoderInput input =
        new EncoderInput(
            List.of("C3", "C4"), RATE, TIME, List.of(), new float[2], new float[] {1, 1}, 0);
    try (Compute compute = Compute.open(new ComputeOptions("cpu", 1, Precision.SINGLE));
        Weights weights = Weights.draw(compute, EncoderFile.specs(mlp, objective), 4)) {
      new EncoderFile(mlp, objective, input, weights.tensors(), Map.of(), Map.of())
          .write(folder.resolve("encoder.safetensors"), false);
    }
  }

  /** Each stimulus has a pattern of its own, in microvolt; channel C4 is written in volt. */
  private RecordingFile recording(double rate, boolean damaged) {
    int step = (int) (rate / 2);
    int rows = (STIMULI + 1) * step;
    double[] values = new double[rows * 3];
    double[] stamps = new double[rows];
    List<Marker> markers = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      stamps[r] = 3 + r / rate;
    }
    for (int s = 0; s < STIMULI; s++) {
      Random random = new Random(s);
      double[] pattern = {random.nextGaussian(), random.nextGaussian()};
      for (int t = 0; t < step; t++) {
        int at = (s * step + t) * 3;
        values[at] = 1e9;
        values[at + 1] = 10 * pattern[0];
        values[at + 2] = 10e-6 * pattern[1];
      }
      markers.add(new Marker(3 + s * step / rate, "picture " + s));
      markers.add(new Marker(3 + s * step / rate, "fixation"));
    }
    values[7] = damaged ? Double.NaN : values[7];
    StreamInfo info =
        new StreamInfo(
            "test",
            "EEG",
            rate,
            "",
            List.of(
                new ChannelInfo("Trigger", "TRIG", ""),
                new ChannelInfo("C3", "EEG", "uV"),
                new ChannelInfo("C4", "EEG", "V")));
    return RecordingFile.of(
        folder.resolve("a.edf"),
        "test",
        new MemoryRecording(info, stamps, values, markers),
        RecordingAbout.UNKNOWN,
        List.of());
  }

  private Path find(String name) {
    return folder.resolve(Path.of(name).getFileName());
  }

  private CohortTask task(boolean gallery) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("encoder", "encoder.safetensors");
    if (gallery) {
      settings.put("gallery", "gallery.npy");
      settings.put("gallery-ids", "gallery.txt");
    }
    return CohortTask.of("encode", settings);
  }

  @Test
  void windowsAreFoundInAGalleryOfThemselves() throws IOException {
    Safetensors alone = task(false).recording(recording(RATE, false), this::find);
    assertThat(Facts.read(alone)).containsEntry("windows", 2.0 * STIMULI);
    float[] both = alone.tensor("embeddings").floats();
    int width = both.length / (2 * STIMULI);
    float[] candidates = new float[STIMULI * width];
    List<String> names = new ArrayList<>();
    for (int s = 0; s < STIMULI; s++) {
      // Backwards, so that row i is not the answer to row i.
      System.arraycopy(both, 2 * s * width, candidates, (STIMULI - 1 - s) * width, width);
      names.add("picture " + (STIMULI - 1 - s));
    }
    Npy.write(folder.resolve("gallery.npy"), Tensor.of(candidates, STIMULI, width), false);
    Files.write(folder.resolve("gallery.txt"), names);
    CohortTask task = task(true);
    Safetensors kept = task.recording(recording(RATE, false), this::find);
    assertThat(Facts.read(kept)).containsEntry("windows", (double) STIMULI);
    assertThat(kept.metadata("stimuli")).startsWith("picture 0\npicture 1\n");
    Safetensors scored = task.participant("anna", List.of(kept, kept), this::find);
    assertThat(Facts.read(scored))
        .containsEntry("top1", 1.0)
        .containsEntry("medianRank", 0.0)
        .containsEntry("windows", 2.0 * STIMULI);
    assertThat(Facts.read(scored).get("chance.top1")).isCloseTo(1.0 / STIMULI, within(1e-12));
    Map<String, Object> figures = task.cohort(Map.of("anna", scored));
    assertThat(figures).containsEntry("windows", 2L * STIMULI);
    assertThat((Map<?, ?>) figures.get("top1")).extracting(map -> map.get("value")).isEqualTo(1.0);
  }

  @Test
  void anotherRateAndUnitGiveNearlyTheSameEmbeddings() {
    float[] same =
        task(false).recording(recording(RATE, false), this::find).tensor("embeddings").floats();
    float[] twice =
        task(false).recording(recording(2 * RATE, false), this::find).tensor("embeddings").floats();
    assertThat(twice).hasSameSizeAs(same);
    double difference = 0;
    double size = 0;
    // The first window's beginning rings where the resampler meets the edge; the others are inside.
    for (int i = same.length / 4; i < same.length * 3 / 4; i++) {
      difference += Math.pow(twice[i] - same[i], 2);
      size += Math.pow(same[i], 2);
    }
    assertThat(Math.sqrt(difference / size)).isLessThan(0.3);
    assertThat(Arrays.equals(twice, same)).isFalse();
  }

  @Test
  void whatCannotBeEncodedIsNamed() {
    assertThatThrownBy(() -> task(false).recording(recording(RATE, true), this::find))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a.edf: channel 'C3' has a value that is not finite in row 2; an encoder needs numbers");
    assertThatThrownBy(() -> CohortTask.of("encode", Map.of("encoder", "a", "gallery", "b")))
        .hasMessage("--gallery and --gallery-ids go together; give both");
    assertThatThrownBy(() -> CohortTask.of("encode", Map.of()))
        .hasMessage("task encode needs --encoder, an encoder's file");
  }
}
