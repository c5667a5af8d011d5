package org.efferent.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;
import org.efferent.decoders.train.TrainingConfig;

/** A configuration with entries that the command line gives. */
final class ConfigOverrides {
  private ConfigOverrides() {}

  static TrainingConfig read(Path config, Map<String, String> set) {
    return TrainingConfig.of(values(config, set), InputFiles.name(config));
  }

  /** The entries of any configuration. */
  static Map<String, Object> values(Path config, Map<String, String> set) {
    Map<String, Object> values = deep(Yaml.read(config).values());
    set.forEach((path, value) -> put(values, path, value));
    return values;
  }

  private static Map<String, Object> deep(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (k, v) -> copy.put(String.valueOf(k), v instanceof Map<?, ?> inner ? deep(inner) : v));
    return copy;
  }

  private static void put(Map<String, Object> values, String path, String value) {
    String[] names = path.split("\\.", -1);
    Map<String, Object> at = values;
    for (int i = 0; i < names.length - 1; i++) {
      Object next = at.computeIfAbsent(names[i], name -> new LinkedHashMap<String, Object>());
      if (!(next instanceof Map<?, ?> map)) {
        throw new UsageException(
            "--set %s: '%s' is no group of entries in the configuration".formatted(path, names[i]));
      }
      Map<String, Object> own = deep(map);
      at.put(names[i], own);
      at = own;
    }
    try {
      at.put(
          names[names.length - 1],
          new ObjectMapper(new YAMLFactory()).readValue(value, Object.class));
    } catch (JsonProcessingException e) {
      throw new UsageException("--set %s: '%s' is not YAML".formatted(path, value), e);
    }
  }
}
