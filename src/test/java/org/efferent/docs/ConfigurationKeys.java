package org.efferent.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.efferent.cli.DocumentedCommand;
import org.efferent.core.EfferentException;
import org.efferent.decoders.encoder.Encoders;
import org.efferent.decoders.encoder.OptionReader;
import org.efferent.decoders.loss.Losses;
import org.efferent.decoders.prior.PriorConfig;
import org.efferent.decoders.simulated.SimulatedData;
import org.efferent.decoders.target.ModelDescription;
import org.efferent.decoders.train.TrainingConfig;
import org.efferent.generation.GeneratorConfig;

/**
 * The keys that the readers of configurations know, asked of the readers themselves: each refuses a
 * key that it does not know and names those that it does.
 */
final class ConfigurationKeys {
  private static final Pattern KNOWN = Pattern.compile("known (?:here: \\[|are )([^\\]\\n]*)");

  /** What hands an unknown key to a reader. */
  @FunctionalInterface
  private interface Reading {
    void read() throws IOException;
  }

  private final Path folder;

  ConfigurationKeys(Path folder) {
    this.folder = folder;
  }

  /** The keys of every section of the page, by the section's name in it. */
  Map<String, Set<String>> all() throws IOException {
    Map<String, Set<String>> keys = new LinkedHashMap<>();
    training(keys);
    encoders(keys);
    losses(keys);
    priors(keys);
    generators(keys);
    keys.put(
        "target-image", known(() -> target("image, crop: 8, mean: [0, 0, 0], std: [1, 1, 1]")));
    keys.put("target-audio", known(() -> target("audio")));
    return keys;
  }

  private static void target(String kind) throws IOException {
    ModelDescription.read(
        new OptionReader(
            "page", values("{model: a, kind: %s, input: i, output: o, zzz: 1}".formatted(kind))));
  }

  private static Map<String, Object> values(String yaml) throws IOException {
    return ConfigurationFile.values(yaml);
  }

  private static Set<String> known(Reading reading) throws IOException {
    try {
      reading.read();
    } catch (EfferentException | IllegalArgumentException e) {
      return named(e.getMessage());
    }
    throw new AssertionError("a reader has taken a key that nothing knows");
  }

  private static Set<String> named(String message) {
    Matcher matcher = KNOWN.matcher(message);
    if (!matcher.find()) {
      throw new AssertionError("names no keys: " + message);
    }
    return new TreeSet<>(List.of(matcher.group(1).split(",\\s*", -1)));
  }

  private void training(Map<String, Set<String>> keys) throws IOException {
    String rest = "encoder: {architecture: ridge}, training: {}";
    keys.put("training", known(() -> train("{%s, zzz: 1}".formatted(rest))));
    keys.put("encoder", known(() -> train("{encoder: {architecture: ridge, zzz: 1}}")));
    for (String group : List.of("optimiser", "schedule", "input")) {
      keys.put(
          group,
          known(() -> train("{encoder: {architecture: ridge}, %s: {zzz: 1}}".formatted(group))));
    }
    keys.put(
        "training-group",
        known(() -> train("{encoder: {architecture: ridge}, training: {zzz: 1}}")));
    keys.put("data", known(this::data));
    keys.put(
        "simulated",
        known(
            () ->
                SimulatedData.of(
                    new OptionReader("page", values("{kind: images, targets: a.npy, zzz: 1}")),
                    folder)));
  }

  private static void train(String yaml) throws IOException {
    TrainingConfig.of(values(yaml), "page");
  }

  /** The entry data is read by the command. */
  private void data() throws IOException {
    Path config = folder.resolve("data.yaml");
    Files.writeString(
        config, "data: {simulated: {kind: images}, zzz: 1}\nencoder: {architecture: ridge}\n");
    DocumentedCommand.Outcome outcome =
        DocumentedCommand.run(folder, "./efferent encoder train data.yaml --out never");
    throw new IllegalArgumentException(outcome.said());
  }

  private static void encoders(Map<String, Set<String>> keys) throws IOException {
    Map<String, String> smallest = new LinkedHashMap<>();
    String window = "channels: 4, time: 120, projectionDim: 8";
    smallest.put("tsconv-a", window);
    smallest.put("tsconv-b", window);
    smallest.put("channel-token-transformer", window);
    smallest.put("channel-token-transformer-fixed", window);
    smallest.put("projection-mlp", window);
    smallest.put("eegnet", window);
    smallest.put("shallownet", window);
    smallest.put("latent-upsampler", "channels: 4, time: 120, stages: [8, 8], latent: [4, 4, 4]");
    String stack = "convStack: {width: 8, depth: 2}";
    smallest.put("brain-module", "inputChannels: 4, outputDim: 8, " + stack);
    smallest.put("brain-module-time-aggregated", "inputChannels: 4, outputs: 8, " + stack);
    for (Map.Entry<String, String> one : smallest.entrySet()) {
      keys.put(one.getKey(), known(() -> encoder(one.getKey(), one.getValue() + ", zzz: 1")));
    }
    String module = "inputChannels: 4, outputDim: 8, ";
    keys.put(
        "convStack",
        known(() -> encoder("brain-module", module + "convStack: {width: 8, depth: 2, zzz: 1}")));
    for (Map.Entry<String, String> part :
        Map.of(
                "spatialAttention", "outputChannels: 6, frequenciesPerAxis: 4",
                "channelMix", "outputChannels: 6",
                "subjectLayer", "subjects: 2")
            .entrySet()) {
      String options = "%s: {%s, zzz: 1}, ".formatted(part.getKey(), part.getValue());
      keys.put(part.getKey(), known(() -> encoder("brain-module", module + options + stack)));
    }
    keys.put(
        "outputHeads",
        known(
            () ->
                encoder(
                    "brain-module-time-aggregated",
                    "inputChannels: 4, backboneOut: 8, outputHeads: {a: {layers: [8], zzz: 1}}, "
                        + stack)));
    keys.put("ridge", new TreeSet<>(Set.of("perSubject")));
  }

  private static void encoder(String architecture, String options) throws IOException {
    Encoders.of(architecture, values("{" + options + "}"), "page", 120);
  }

  private static void losses(Map<String, Set<String>> keys) throws IOException {
    for (String kind : Losses.kinds()) {
      keys.put(
          "loss-" + kind.replace(' ', '-'),
          known(
              () ->
                  Losses.objective(List.of(values("{kind: %s, zzz: 1}".formatted(kind))), "page")));
    }
  }

  private static void priors(Map<String, Set<String>> keys) throws IOException {
    String prior = "prior: {hidden: [8, 4]}";
    keys.put("prior-file", known(() -> prior("{%s, zzz: 1}".formatted(prior))));
    keys.put("prior", known(() -> prior("{prior: {hidden: [8, 4], zzz: 1}}")));
    for (String group :
        List.of("diffusion", "rows", "scaling", "optimiser", "training", "sampling")) {
      keys.put("prior-" + group, known(() -> prior("{%s, %s: {zzz: 1}}".formatted(prior, group))));
    }
  }

  private static void prior(String yaml) throws IOException {
    PriorConfig.of(values(yaml), "page");
  }

  private void generators(Map<String, Set<String>> keys) throws IOException {
    String latent = "latent: {shape: [8]}";
    String graph = "decoder: {graph: a, input: b, output: c}";
    keys.put("onnx", known(() -> generator("kind: onnx, zzz: 1")));
    keys.put("taesd", known(() -> generator("kind: taesd, zzz: 1")));
    keys.put("torchscript", known(() -> generator("kind: torchscript, zzz: 1")));
    keys.put("latent-diffusion", known(() -> generator("kind: latent-diffusion, zzz: 1")));
    keys.put("remote", known(() -> generator("kind: remote, zzz: 1")));
    keys.put("nearest", known(() -> generator("kind: nearest, zzz: 1")));
    keys.put("mix", known(() -> generator("kind: mix, zzz: 1")));
    keys.put("latent", known(() -> generator("kind: onnx, latent: {zzz: 1}, " + graph)));
    keys.put("graph", known(() -> generator("kind: onnx, decoder: {zzz: 1}, " + latent)));
    keys.put(
        "noise",
        known(
            () ->
                generator(
                    "kind: onnx, decoder: {graph: a, input: b, output: c, noise: {zzz: 1}}, "
                        + latent)));
    keys.put("weights", known(() -> generator("kind: taesd, decoder: {zzz: 1}, " + latent)));
    keys.put("module", known(() -> generator("kind: torchscript, decoder: {zzz: 1}, " + latent)));
    keys.put("embedding", known(() -> generator("kind: remote, embedding: {zzz: 1}")));
    keys.put(
        "gallery",
        known(() -> generator("kind: nearest, embedding: {width: 8}, gallery: {zzz: 1}")));
    String server = "kind: remote, embedding: {width: 8}, server: ";
    keys.put("server", known(() -> generator(server + "{zzz: 1}")));
    String url = "{url: 'http://localhost:1', model: m";
    keys.put("tensors", known(() -> generator(server + url + "}, tensors: {zzz: 1}")));
    String tensors = "}, tensors: {embedding: e, picture: p}";
    keys.put("token", known(() -> generator(server + url + ", token: {zzz: 1}" + tensors)));
    keys.put(
        "trustStore", known(() -> generator(server + url + ", trustStore: {zzz: 1}" + tensors)));
    diffusion(keys);
  }

  private void diffusion(Map<String, Set<String>> keys) throws IOException {
    String unet = "graph: g, latent: l, timestep: t, output: o";
    String head = "kind: latent-diffusion, embedding: {width: 8}, unet: ";
    String rest = "latent: {shape: [4, 8, 8]}, decoder: {graph: a, input: b, output: c}";
    keys.put("unet", known(() -> generator(head + "{zzz: 1}, " + rest)));
    keys.put(
        "text", known(() -> generator(head + "{%s, text: {zzz: 1}}, ".formatted(unet) + rest)));
    keys.put(
        "adapterScale",
        known(() -> generator(head + "{%s, adapterScale: {zzz: 1}}, ".formatted(unet) + rest)));
    keys.put(
        "constant",
        known(() -> generator(head + "{%s, constants: {a: {zzz: 1}}}, ".formatted(unet) + rest)));
    String scheduler = head + "{%s}, ".formatted(unet) + rest + ", scheduler: ";
    keys.put("scheduler", known(() -> generator(scheduler + "{zzz: 1}")));
    keys.put(
        "betas", known(() -> generator(scheduler + "{kind: euler, steps: 2, betas: {zzz: 1}}")));
  }

  private void generator(String yaml) throws IOException {
    Path file = folder.resolve("generator.yaml");
    Files.writeString(file, "{" + yaml + "}");
    GeneratorConfig.read(file);
  }
}
