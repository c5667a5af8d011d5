package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.efferent.decoders.dataset.Example;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.dataset.WindowDatasetOptions;
import org.efferent.decoders.dataset.WindowDatasetWriter;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.SensorLayout;
import org.efferent.decoders.prior.PriorConfig;
import org.efferent.decoders.train.TrainingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every configuration that is shipped is one. */
class ConfigurationsTest {
  @TempDir private Path folder;

  private WindowDataset data(String name, int channels, int time, Map<String, long[]> targets) {
    Path at = folder.resolve(name);
    List<String> labels = IntStream.range(0, channels).mapToObj(c -> "E" + c).toList();
    SensorLayout layout =
        SensorLayout.scaled(
            channels, 2, IntStream.range(0, 2 * channels).mapToDouble(i -> i % 7).toArray());
    try (WindowDatasetWriter writer =
        new WindowDatasetWriter(
            at,
            new WindowDatasetOptions(
                labels, Collections.nCopies(channels, "eeg"), 250, time, List.of(layout)))) {
      for (int i = 0; i < 4; i++) {
        Split split = i < 2 ? Split.TRAIN : Split.VALIDATION;
        writer.add(new Example(i % 2, 0, 0, "s" + i, i, split), new float[channels * time]);
      }
      targets.forEach(
          (target, shape) -> writer.target(target, shape, 4, (row, into) -> into[0] = row));
    }
    return WindowDataset.open(at);
  }

  @Test
  void everyPublishedConfigurationDescribesAnEncoderOfItsData() throws IOException {
    Path published = Path.of(System.getProperty("efferent.root"), "configs", "published");
    List<String> seen = new ArrayList<>();
    try (WindowDataset images =
            data("images", 63, 250, Map.of("image", new long[] {768}, "text", new long[] {768}));
        WindowDataset latents = data("latents", 63, 250, Map.of("latent", new long[] {4, 64, 64}));
        WindowDataset speech = data("speech", 20, 343, Map.of("speech", new long[] {1024, 343}));
        Stream<Path> files = Files.list(published)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith("prior")) {
          PriorConfig prior = PriorConfig.of(ConfigOverrides.values(file, Map.of()), name);
          assertThat(prior.training().batch()).isEqualTo(1024);
          seen.add("prior");
          continue;
        }
        TrainingConfig config = ConfigOverrides.read(file, Map.of());
        Encoder encoder =
            config.encoder(
                name.startsWith("speech") ? speech : name.startsWith("low") ? latents : images);
        assertThat(config.objective().terms()).as(file.toString()).isNotEmpty();
        assertThat(encoder.weights()).as(file.toString()).isNotEmpty();
        assertThat(config.options().batch()).isGreaterThan(1);
        seen.add(encoder.architecture());
      }
    }
    assertThat(seen)
        .contains(
            "brain-module",
            "brain-module-time-aggregated",
            "tsconv-a",
            "tsconv-b",
            "channel-token-transformer",
            "channel-token-transformer-fixed",
            "projection-mlp",
            "latent-upsampler",
            "prior");
  }
}
