package org.efferent.generation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.efferent.core.InputException;
import org.efferent.data.InputFiles;

/**
 * An entry of a YAML file that knows its line, so that whatever is wrong with it later, against the
 * model that it describes, can be shown with its place.
 */
final class ConfigEntry {
  private static final long LARGEST = 1 << 20;
  private static final int DEEPEST = 32;

  private final String file;
  private final String path;
  private final int line;

  /** A {@code String}, a list or a map of entries; null where the file says so. */
  private final Object value;

  private ConfigEntry(String file, String path, int line, Object value) {
    this.file = file;
    this.path = path;
    this.line = line;
    this.value = value;
  }

  /**
   * Reads a file whose root is a map.
   *
   * @param file YAML (or JSON, which is YAML)
   * @return its root
   * @throws InputException if it is missing or not such a file; the message says where
   */
  static ConfigEntry read(Path file) {
    if (InputFiles.check(file) > LARGEST) {
      throw new InputException(
          InputFiles.name(file) + ": is larger than a configuration may be, 1 MB");
    }
    String name = InputFiles.name(file);
    try (JsonParser in = new YAMLFactory().createParser(Files.readString(file))) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new InputException(name + ": must hold entries 'name: value'");
      }
      ConfigEntry root = new ConfigEntry(name, "", 1, map(in, name, "", 0));
      if (in.nextToken() != null) {
        throw new InputException(name + ": must hold one document");
      }
      return root;
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null ? "" : " line %d:".formatted(e.getLocation().getLineNr());
      String first = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new InputException("%s:%s is not YAML: %s".formatted(name, place, first), e);
    } catch (IOException e) {
      throw InputFiles.failed(file, e);
    }
  }

  private static Map<String, ConfigEntry> map(JsonParser in, String file, String path, int depth)
      throws IOException {
    Map<String, ConfigEntry> entries = new LinkedHashMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String key = in.currentName();
      int line = in.currentTokenLocation().getLineNr();
      String its = path.isEmpty() ? key : path + "." + key;
      in.nextToken();
      ConfigEntry entry = new ConfigEntry(file, its, line, value(in, file, its, depth));
      if (entries.put(key, entry) != null) {
        throw new InputException("%s: line %d: %s is there twice".formatted(file, line, its));
      }
    }
    return entries;
  }

  private static Object value(JsonParser in, String file, String path, int depth)
      throws IOException {
    if (depth > DEEPEST) {
      throw new InputException("%s: %s lies too deep".formatted(file, path));
    }
    return switch (in.currentToken()) {
      case START_OBJECT -> map(in, file, path, depth + 1);
      case START_ARRAY -> {
        List<ConfigEntry> items = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          String its = "%s[%d]".formatted(path, items.size());
          int line = in.currentTokenLocation().getLineNr();
          items.add(new ConfigEntry(file, its, line, value(in, file, its, depth + 1)));
        }
        yield items;
      }
      case VALUE_NULL -> null;
      default -> in.getText();
    };
  }

  /** File, line and name of the entry, for messages; a colon and what is wrong follow. */
  String place() {
    return path.isEmpty() ? file : "%s: line %d: %s".formatted(file, line, path);
  }

  /** An error about this entry. */
  InputException wrong(String rule) {
    return new InputException("%s must be %s; it is %s".formatted(place(), rule, this));
  }

  private Map<?, ?> entries() {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw wrong("entries 'name: value'");
  }

  boolean has(String name) {
    return entries().get(name) instanceof ConfigEntry entry && entry.value != null;
  }

  /** An entry that must be there. */
  ConfigEntry get(String name) {
    if (has(name)) {
      return (ConfigEntry) entries().get(name);
    }
    throw new InputException("%s: '%s' is missing".formatted(place(), name));
  }

  /** Refuses entries that nothing reads. */
  void only(String... names) {
    for (Map.Entry<?, ?> entry : entries().entrySet()) {
      if (!Set.of(names).contains(entry.getKey())) {
        throw new InputException(
            "%s is unknown; known are %s"
                .formatted(((ConfigEntry) entry.getValue()).place(), String.join(", ", names)));
      }
    }
  }

  /** As {@link #only}, but what is there may be a secret and is never shown. */
  void onlyNames(String... names) {
    if (!(value instanceof Map<?, ?>)) {
      throw new InputException(
          "%s must say where it is, by one of %s; it is not shown"
              .formatted(place(), String.join(", ", names)));
    }
    only(names);
  }

  /** Names of the entries, in their order. */
  List<String> names() {
    return entries().keySet().stream().map(String::valueOf).toList();
  }

  /** One of the words of an enumeration, in small letters, hyphens for underscores. */
  <T extends Enum<T>> T one(T[] values) {
    for (T one : values) {
      if (SamplerOptions.word(one).equals(String.valueOf(value).toLowerCase(Locale.ROOT))) {
        return one;
      }
    }
    throw wrong(
        "one of " + String.join(", ", Arrays.stream(values).map(SamplerOptions::word).toList()));
  }

  /** A whole number of a range. */
  long whole(long least, long most) {
    long whole = whole();
    if (whole < least || whole > most) {
      throw wrong("from %d to %d".formatted(least, most));
    }
    return whole;
  }

  String word() {
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    throw wrong("a word");
  }

  double number() {
    if (value instanceof String text) {
      try {
        double number = Double.parseDouble(text);
        if (Double.isFinite(number)) {
          return number;
        }
      } catch (NumberFormatException e) {
        throw wrong("a number");
      }
    }
    throw wrong("a number");
  }

  long whole() {
    if (value instanceof String text) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw wrong("a whole number");
      }
    }
    throw wrong("a whole number");
  }

  boolean yes() {
    if ("true".equals(value) || "false".equals(value)) {
      return "true".equals(value);
    }
    throw wrong("true or false");
  }

  /** The items of a list; one value is a list of one. */
  List<ConfigEntry> items() {
    if (value instanceof List<?> list) {
      return list.stream().map(ConfigEntry.class::cast).toList();
    }
    return List.of(this);
  }

  @Override
  public String toString() {
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof Map<?, ?> map ? "a map of " + map.keySet() : String.valueOf(value);
  }
}
