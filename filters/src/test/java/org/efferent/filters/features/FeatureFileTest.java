package org.efferent.filters.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.core.MemoryRecording;
import org.efferent.core.UsageException;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureFileTest {
  @TempDir private Path folder;

  private static FeatureModel everything(MemoryRecording recording) {
    FeatureInput input = FeatureInput.of(recording.info());
    SpikeBand band = SpikeBand.fit(recording, new SpikeBandOptions(20, 70, 2, 2));
    return new Concatenation(
        List.of(
            new ThresholdCrossings(band, -2, 0.002),
            new SpikeBandPower(band, true),
            new SpikeCounts(input),
            new BandPower(input, List.of(new Band(8, 13), new Band(13, 30)), 2, 0.5),
            new CommonSpatialPatterns(
                input, ImageryOptions.DEFAULTS, new double[][] {{1, -1, 0}, {0.5, 0, 0.25}})));
  }

  @Test
  void whatWasSavedComputesTheSame() {
    MemoryRecording recording = Material.recording(160, 3, Material.noise(1600, 3, 1));
    FeatureModel model = everything(recording);
    Path file = folder.resolve("some.features");
    FeatureFile.save(model, file, false);
    FeatureModel loaded = FeatureFile.load(file);
    assertThat(loaded.names()).isEqualTo(model.names());
    assertThat(loaded.input()).isEqualTo(model.input());
    BinOptions bin = BinOptions.ofSeconds(0.05);
    assertThat(FeatureStream.features(recording, loaded, bin).values())
        .isEqualTo(FeatureStream.features(recording, model, bin).values());
    assertThatThrownBy(() -> FeatureFile.save(model, file, false))
        .isInstanceOf(UsageException.class);
    FeatureFile.save(((Concatenation) model).parts().get(2), file, true);
    assertThat(FeatureFile.load(file)).isInstanceOf(SpikeCounts.class);
  }

  private Path imagery() {
    ImageryModel model =
        ImageryModel.fit(
            Trials.cut(
                CommonSpatialPatternsTest.imagery(20, 3, 2),
                CommonSpatialPatternsTest.CUES,
                CommonSpatialPatternsTest.CLASSES,
                ImageryOptions.DEFAULTS),
            ImageryOptions.DEFAULTS);
    Path file = folder.resolve("hands.imagery");
    FeatureFile.save(model, file, true);
    ImageryModel loaded = FeatureFile.loadImagery(file);
    assertThat(loaded.classes()).isEqualTo(model.classes());
    double[] x = {1, -1, 0.5, 0, 2, -3};
    assertThat(loaded.discriminant().probabilities(x))
        .isEqualTo(model.discriminant().probabilities(x));
    assertThat(loaded.patterns().weights()).isDeepEqualTo(model.patterns().weights());
    assertThat(FeatureFile.load(file)).isInstanceOf(CommonSpatialPatterns.class);
    return file;
  }

  /** Changes one entry or tensor of a file; null takes it away. */
  private Path changed(Path file, String name, Object value) {
    Safetensors content = Safetensors.read(file);
    Map<String, String> text = new LinkedHashMap<>(content.metadata());
    Map<String, Tensor> tensors = new LinkedHashMap<>(content.tensors());
    if (value == null) {
      text.remove(name);
      tensors.remove(name);
    } else if (value instanceof double[] values) {
      tensors.put(name, Tensor.of(values, values.length));
    } else {
      text.put(name, value.toString());
    }
    Path other = folder.resolve("changed");
    new Safetensors(text, tensors).write(other, true);
    return other;
  }

  @Test
  void refusesWhatIsNoSuchFile() {
    Path file = imagery();
    String[][] cases = {
      {"format", "x", "a feature file's format must be 'efferent-features'; format=x"},
      {"version", "2", "a feature file's version must be '1'; version=2"},
      {"kind", "csp", "a feature file's kind must be 'imagery'; kind=csp"},
      {
        "class.1",
        "left",
        "a model of imagined movements has one name a class and one weight a spatial filter;"
            + " classes=[left, left] and 2, filters=6 and 6"
      },
      {"channel.5", null, "a feature file's tensor 'filters' must hold whole rows of 5; values=36"},
    };
    for (String[] one : cases) {
      assertThatThrownBy(() -> FeatureFile.loadImagery(changed(file, one[0], one[1])))
          .isInstanceOf(InputException.class)
          .hasMessage("changed: " + one[2]);
    }
    assertThatThrownBy(() -> FeatureFile.loadImagery(changed(file, "bias", new double[3])))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "changed: a feature file must have the tensor 'bias' of 2 finite values; values=3");
    assertThatThrownBy(() -> FeatureFile.loadImagery(changed(file, "bias", null)))
        .hasMessage(
            "changed: a feature file must have the tensor 'bias' of 2 finite values; it is missing");
    double[] nan = {8, 30, 4, 0.5, 2.5, 3, Double.NaN};
    assertThatThrownBy(() -> FeatureFile.loadImagery(changed(file, "imagery", nan)))
        .hasMessage(
            "changed: a feature file must have the tensor 'imagery' of 7 finite values; values=7");
    double[] half = {8, 30, 4.5, 0.5, 2.5, 3, 1};
    assertThatThrownBy(() -> FeatureFile.loadImagery(changed(file, "imagery", half)))
        .hasMessage(
            "changed: a feature file's 'imagery' must be a whole number from 0 to 64; imagery=4.5");
    double[] corner = {8, 90, 4, 0.5, 2.5, 3, 1};
    assertThatThrownBy(() -> FeatureFile.loadImagery(changed(file, "imagery", corner)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "changed: a filter's corner must lie between 0 and half the sampling rate;"
                + " cornerHz=90.0, sampleRateHz=160.0");
    assertThatThrownBy(() -> FeatureFile.load(changed(file, "kind", "magic")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "changed: a feature model's kind must be crossings, power, counts, band-power, csp,"
                + " imagery or, not within one, concatenation; kind=magic");
  }

  @Test
  void everyCutOffFileIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(imagery());
    Path cut = folder.resolve("cut");
    for (int length = 0; length < bytes.length; length += 97) {
      Files.write(cut, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> FeatureFile.load(cut)).isInstanceOf(InputException.class);
    }
  }

  @Test
  void anotherMontageIsRefused() {
    ImageryModel model = FeatureFile.loadImagery(imagery());
    MemoryRecording other = Material.recording(160, 3, new double[30]);
    assertThatThrownBy(
            () -> FeatureStream.features(other, model.patterns(), BinOptions.ofSeconds(0.1)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "raw: features must see the channels that they were learned on; channels=3, learned on 6");
  }

  @Test
  void modelsOfOthersAreNotSaved() {
    FeatureModel mine =
        new FeatureModel() {
          @Override
          public FeatureInput input() {
            return new FeatureInput(List.of("a"), 1);
          }

          @Override
          public List<String> names() {
            return List.of("x");
          }

          @Override
          public BinFeatures start(double binSeconds) {
            return (rows, count, into, at) -> into[at] = count;
          }
        };
    assertThatThrownBy(() -> FeatureFile.save(mine, folder.resolve("mine"), false))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "only feature models of this package can be saved; class=" + mine.getClass().getName());
  }
}
