package org.efferent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.decoders.encoder.OptionReader;
import org.efferent.decoders.prior.PriorConfig;
import org.efferent.decoders.simulated.SimulatedData;
import org.efferent.decoders.target.ModelDescription;
import org.efferent.decoders.train.TrainingConfig;
import org.efferent.generation.GeneratorConfig;

/** A configuration that a page shows, read by the reader of its kind. */
final class ConfigurationFile {
  private ConfigurationFile() {}

  static Map<String, Object> values(String code) throws IOException {
    Map<?, ?> root = new ObjectMapper(new YAMLFactory()).readValue(code, Map.class);
    return words(root);
  }

  private static Map<String, Object> words(Map<?, ?> map) {
    Map<String, Object> out = new LinkedHashMap<>();
    map.forEach((k, v) -> out.put(String.valueOf(k), v));
    return out;
  }

  /** Which kind it is follows from what it holds, as it does for a person. */
  static void read(Path folder, String code) throws IOException {
    Map<String, Object> values = values(code);
    if (values.containsKey("encoder") && values.containsKey("training")) {
      TrainingConfig config = TrainingConfig.of(values, "page");
      if (config.data().isMap("simulated")) {
        SimulatedData.of(config.data().map("simulated"), folder);
      }
      assertThat(config.linear() || !config.objective().terms().isEmpty()).isTrue();
    } else if (values.containsKey("prior")) {
      PriorConfig.of(values, "page");
    } else if (values.containsKey("model")) {
      ModelDescription.read(new OptionReader("page", values));
    } else {
      Path file = folder.resolve("page.yaml");
      Files.writeString(file, code);
      GeneratorConfig.read(file);
    }
  }
}
