package org.efferent.decoders.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;
import org.efferent.decoders.encoder.OptionReader;
import org.efferent.decoders.encoder.SensorLayout;

/**
 * What {@code dataset.json} says.
 *
 * @param options channels, rate, layouts
 * @param targets file of every target, by name, in the order of the file
 */
record DatasetJson(WindowDatasetOptions options, Map<String, String> targets) {
  static final String NAME = "dataset.json";
  private static final long MOST_BYTES = 64L << 20;

  static DatasetJson read(Path file) {
    OptionReader json = new OptionReader(NAME, parse(file));
    List<String> channels = json.words("channels");
    Set<String> seen = new HashSet<>();
    for (String label : channels) {
      if (!seen.add(label)) {
        throw new InputException(
            NAME + ".channels: every label must be there once; '" + label + "' is there twice");
      }
    }
    if (channels.isEmpty()) {
      throw new InputException(NAME + ".channels must name the channels; it is empty or missing");
    }
    List<String> kinds = json.words("kinds");
    if (kinds.size() != channels.size()) {
      throw new InputException(
          "%s.kinds must be one a channel; channels=%d, kinds=%d"
              .formatted(NAME, channels.size(), kinds.size()));
    }
    List<String> refused = ChannelKinds.refused(channels, kinds);
    if (!refused.isEmpty()) {
      throw new InputException(
          "%s.kinds: triggers, audio and auxiliary channels are refused as input of a decoder: %s; leave them out"
              .formatted(NAME, String.join(", ", refused)));
    }
    double rate = json.number("rateHz", 0);
    if (!(rate > 0)) {
      throw json.wrong("rateHz", "a positive number");
    }
    int time = json.whole("time");
    if (time < 1) {
      throw json.wrong("time", "at least 1");
    }
    List<SensorLayout> layouts = layouts(json, channels.size());
    Map<String, String> targets = targets(json);
    boolean shared = json.yes("allowSharedStimuli", false);
    Map<String, Object> about = json.map("about").values();
    json.end();
    return new DatasetJson(
        new WindowDatasetOptions(channels, kinds, rate, time, layouts, shared, about), targets);
  }

  private static Map<String, Object> parse(Path file) {
    long size = InputFiles.check(file);
    if (size > MOST_BYTES) {
      throw new UnsupportedInputException(
          "%s: up to %d bytes are read; bytes=%d".formatted(NAME, MOST_BYTES, size));
    }
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    try {
      Map<?, ?> map = mapper.readValue(Files.readAllBytes(file), Map.class);
      Map<String, Object> values = new LinkedHashMap<>();
      if (map == null) {
        throw new InputException(NAME + ": must be a JSON object; it is null");
      }
      map.forEach((k, v) -> values.put(String.valueOf(k), v));
      return values;
    } catch (JsonProcessingException e) {
      throw new InputException(
          "%s: must be a JSON object: line %d: %s"
              .formatted(
                  NAME,
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw InputFiles.failed(file, e);
    }
  }

  private static List<SensorLayout> layouts(OptionReader json, int channels) {
    Object value = json.values().get("layouts");
    json.ignore("layouts");
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      throw new InputException(NAME + ".layouts must be a list of layouts");
    }
    List<SensorLayout> layouts = new ArrayList<>();
    for (Object layout : list) {
      layouts.add(layout(NAME + ".layouts[" + layouts.size() + "]", layout, channels));
    }
    return layouts;
  }

  private static SensorLayout layout(String where, Object value, int channels) {
    if (!(value instanceof List<?> places) || places.size() != channels) {
      throw new InputException(
          "%s must have a place or null for every channel; channels=%d, places=%s"
              .formatted(where, channels, value instanceof List<?> l ? l.size() : "none"));
    }
    int axes =
        places.stream()
            .filter(p -> p instanceof List)
            .mapToInt(p -> ((List<?>) p).size())
            .findFirst()
            .orElse(2);
    if (axes != 2 && axes != 3) {
      throw new InputException(where + ": a place has 2 or 3 coordinates; it has " + axes);
    }
    double[] positions = new double[channels * axes];
    Arrays.fill(positions, Double.NaN);
    for (int c = 0; c < channels; c++) {
      Object place = places.get(c);
      if (place == null) {
        continue;
      }
      boolean numbers =
          place instanceof List<?> p
              && p.size() == axes
              && p.stream()
                  .allMatch(v -> v instanceof Number n && Double.isFinite(n.doubleValue()));
      if (!numbers) {
        throw new InputException(
            "%s[%d] must be null or %d finite numbers".formatted(where, c, axes));
      }
      for (int a = 0; a < axes; a++) {
        positions[c * axes + a] = ((Number) ((List<?>) place).get(a)).doubleValue();
      }
    }
    return SensorLayout.scaled(channels, axes, positions);
  }

  private static Map<String, String> targets(OptionReader json) {
    OptionReader all = json.map("targets");
    Map<String, String> targets = new LinkedHashMap<>();
    for (String name : all.names()) {
      OptionReader target = all.map(name);
      String file = target.word("file");
      target.end();
      Path path = Path.of(file);
      if (path.getNameCount() != 1 || path.isAbsolute() || file.equals("..") || file.equals(".")) {
        throw target.wrong("file", "the name of a file in this folder");
      }
      targets.put(name, file);
    }
    if (targets.isEmpty()) {
      throw new InputException(NAME + ".targets must name at least one target");
    }
    return targets;
  }

  byte[] bytes() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("channels", options.channels());
    json.put("kinds", options.kinds());
    json.put("rateHz", options.rateHz());
    json.put("time", options.time());
    json.put("layouts", options.layouts().stream().map(DatasetJson::places).toList());
    Map<String, Object> files = new LinkedHashMap<>();
    targets.forEach((name, file) -> files.put(name, Map.of("file", file)));
    json.put("targets", files);
    if (options.allowSharedStimuli()) {
      json.put("allowSharedStimuli", true);
    }
    json.put("about", options.about());
    try {
      return JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "about may hold words, numbers, lists and maps: " + e.getOriginalMessage(), e);
    }
  }

  private static List<double[]> places(SensorLayout layout) {
    double[] positions = layout.positions();
    List<double[]> places = new ArrayList<>();
    for (int c = 0; c < layout.channels(); c++) {
      int axes = layout.axes();
      places.add(layout.valid(c) ? Arrays.copyOfRange(positions, c * axes, (c + 1) * axes) : null);
    }
    return places;
  }
}
