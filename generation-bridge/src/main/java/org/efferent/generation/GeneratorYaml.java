package org.efferent.generation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;

/** Reads a {@link GeneratorConfig} from a YAML file. */
final class GeneratorYaml {
  private static final String[] COMMON = {"name", "kind", "range", "seed"};

  private GeneratorYaml() {}

  static GeneratorConfig read(Path file) {
    ConfigEntry in = ConfigEntry.read(file);
    try {
      ConfigEntry kind = in.get("kind");
      String stem = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
      String name = in.has("name") ? in.get("name").word() : stem;
      return switch (kind.word()) {
        case "onnx" -> {
          only(in, "latent", "decoder", "encoder");
          yield config(
              in,
              name,
              new GeneratorConfig.Onnx(
                  graph(in.get("decoder")), maybe(in, "encoder").map(GeneratorYaml::graph)),
              latent(in.get("latent")));
        }
        case "taesd" -> {
          only(in, "latent", "decoder", "encoder");
          yield config(
              in,
              name,
              new GeneratorConfig.Taesd(
                  file(in.get("decoder"), "weights"),
                  maybe(in, "encoder").map(half -> file(half, "weights"))),
              latent(in.get("latent")));
        }
        case "torchscript" -> {
          only(in, "latent", "decoder", "encoder");
          yield config(
              in,
              name,
              new GeneratorConfig.TorchScript(
                  module(in.get("decoder")), maybe(in, "encoder").map(GeneratorYaml::module)),
              latent(in.get("latent")));
        }
        case "latent-diffusion" -> {
          only(in, "embedding", "adapter", "unet", "latent", "decoder", "scheduler");
          yield config(in, name, DiffusionYaml.read(in), embedding(in.get("embedding")));
        }
        case "remote" -> {
          only(in, "embedding", "server", "tensors");
          double[] range = range(in);
          GeneratorConfig.Latent embedding = embedding(in.get("embedding"));
          yield config(
              in, name, RemoteYaml.read(in, embedding.unit(), range[0], range[1]), embedding);
        }
        case "nearest" -> {
          in.only("name", "kind", "embedding", "gallery");
          ConfigEntry gallery = in.get("gallery");
          gallery.only("embeddings", "pictures");
          yield config(
              in,
              name,
              new GeneratorConfig.Gallery(
                  named(gallery.get("embeddings")), named(gallery.get("pictures"))),
              embedding(in.get("embedding")));
        }
        case "mix" -> mix(in, name, file);
        default ->
            throw kind.wrong("onnx, taesd, torchscript, latent-diffusion, remote, nearest or mix");
      };
    } catch (IllegalArgumentException | UsageException e) {
      String message = String.valueOf(e.getMessage());
      String said = message.startsWith(in.place()) ? message : in.place() + ": " + message;
      throw new InputException(said, e);
    }
  }

  private static void only(ConfigEntry in, String... more) {
    List<String> all = new ArrayList<>(List.of("name", "kind"));
    all.addAll(Arrays.asList(more));
    all.addAll(Arrays.asList(COMMON).subList(2, COMMON.length));
    in.only(all.toArray(String[]::new));
  }

  private static GeneratorConfig config(
      ConfigEntry in, String name, GeneratorConfig.Model model, GeneratorConfig.Latent latent) {
    double[] range = range(in);
    return new GeneratorConfig(
        name, model, latent, range[0], range[1], in.has("seed") ? in.get("seed").whole() : 0);
  }

  private static double[] range(ConfigEntry in) {
    if (!in.has("range")) {
      return new double[] {0, 1};
    }
    List<ConfigEntry> range = in.get("range").items();
    if (range.size() != 2) {
      throw in.get("range").wrong("two numbers, [black, white]");
    }
    return new double[] {range.get(0).number(), range.get(1).number()};
  }

  /** Two generators of other files, which lie beside this one. */
  private static GeneratorConfig mix(ConfigEntry in, String name, Path file) {
    in.only("name", "kind", "semantic", "lowLevel", "share", "strength", "seed");
    GeneratorConfig semantic = beside(in.get("semantic"), file);
    GeneratorConfig lowLevel = beside(in.get("lowLevel"), file);
    GeneratorConfig.Mix mix =
        new GeneratorConfig.Mix(
            semantic,
            lowLevel,
            in.get("share").number(),
            in.has("strength")
                ? OptionalDouble.of(in.get("strength").number())
                : OptionalDouble.empty());
    int width = Math.addExact(semantic.latent().width(), lowLevel.latent().width());
    return config(
        in,
        name,
        mix,
        new GeneratorConfig.Latent(List.of(width), 1, 0, false, in.get("semantic").place()));
  }

  private static GeneratorConfig beside(ConfigEntry in, Path file) {
    Path other = file.resolveSibling(in.word());
    ModelFiles.check(named(in), other);
    if (file.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize())) {
      throw in.wrong("another file");
    }
    ConfigEntry root = ConfigEntry.read(other);
    if (root.has("kind") && root.get("kind").word().equals("mix")) {
      throw in.wrong("a generator that is no mix");
    }
    return read(other);
  }

  static GeneratorConfig.Graph graph(ConfigEntry in) {
    in.only("graph", "input", "output", "noise");
    Optional<GeneratorConfig.Noise> noise = Optional.empty();
    if (in.has("noise")) {
      ConfigEntry its = in.get("noise");
      its.only("input", "shape");
      noise =
          Optional.of(new GeneratorConfig.Noise(named(its.get("input")), shape(its.get("shape"))));
    }
    return new GeneratorConfig.Graph(
        named(in.get("graph")),
        named(in.get("input")),
        in.get("output").items().stream().map(GeneratorYaml::named).toList(),
        noise);
  }

  private static GeneratorConfig.Module module(ConfigEntry in) {
    in.only("module", "output");
    List<Integer> outputs = new ArrayList<>();
    if (in.has("output")) {
      in.get("output").items().forEach(item -> outputs.add((int) item.whole(0, 1000)));
    } else {
      outputs.add(0);
    }
    return new GeneratorConfig.Module(named(in.get("module")), outputs);
  }

  private static GeneratorConfig.Named file(ConfigEntry in, String key) {
    in.only(key);
    return named(in.get(key));
  }

  static GeneratorConfig.Latent latent(ConfigEntry in) {
    in.only("shape", "scale", "shift", "unit");
    return new GeneratorConfig.Latent(
        shape(in.get("shape")),
        in.has("scale") ? in.get("scale").number() : 1,
        in.has("shift") ? in.get("shift").number() : 0,
        in.has("unit") && in.get("unit").yes(),
        in.get("shape").place());
  }

  private static GeneratorConfig.Latent embedding(ConfigEntry in) {
    in.only("width", "unit");
    ConfigEntry width = in.get("width");
    return new GeneratorConfig.Latent(
        List.of(size(width)), 1, 0, in.has("unit") && in.get("unit").yes(), width.place());
  }

  static Optional<ConfigEntry> maybe(ConfigEntry in, String name) {
    return in.has(name) ? Optional.of(in.get(name)) : Optional.empty();
  }

  static GeneratorConfig.Named named(ConfigEntry in) {
    return new GeneratorConfig.Named(in.word(), in.place());
  }

  static List<Integer> shape(ConfigEntry in) {
    List<Integer> sizes = new ArrayList<>();
    in.items().forEach(item -> sizes.add(size(item)));
    return sizes;
  }

  static int size(ConfigEntry in) {
    long size = in.whole();
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw in.wrong("1 at least");
    }
    return (int) size;
  }
}
