package org.efferent.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.data.InputFiles;
import org.efferent.decoders.encoder.OptionReader;

/** Configuration files. */
final class Yaml {
  private static final long LARGEST = 1 << 20;

  private Yaml() {}

  /**
   * Reads a file whose root is a map.
   *
   * @param file YAML (or JSON, which is YAML)
   * @return its entries
   * @throws InputException if it is missing or not such a file; the message says where
   */
  static OptionReader read(Path file) {
    InputFiles.check(file);
    String name = InputFiles.name(file);
    try {
      if (Files.size(file) > LARGEST) {
        throw new InputException(name + ": is larger than a configuration may be, 1 MB");
      }
      Object root = new ObjectMapper(new YAMLFactory()).readValue(file.toFile(), Object.class);
      if (!(root instanceof Map<?, ?> map)) {
        throw new InputException(name + ": must hold entries 'name: value'");
      }
      Map<String, Object> values = new LinkedHashMap<>();
      map.forEach((k, v) -> values.put(String.valueOf(k), v));
      return new OptionReader(name, values);
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : " at line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      String first = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new InputException(name + ": is not YAML" + place + ": " + first, e);
    } catch (IOException e) {
      throw InputFiles.failed(file, e);
    }
  }

  /** An entry that is a list of maps, or one map; empty where it is missing. */
  static List<Map<String, Object>> maps(OptionReader in, String name) {
    Object value = in.values().get(name);
    List<Map<String, Object>> out = new ArrayList<>();
    List<?> list =
        value instanceof List<?> several ? several : value == null ? List.of() : List.of(value);
    for (Object one : list) {
      if (!(one instanceof Map<?, ?> map)) {
        throw in.wrong(name, "a map or a list of maps");
      }
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((k, v) -> copy.put(String.valueOf(k), v));
      out.add(copy);
    }
    return out;
  }
}
