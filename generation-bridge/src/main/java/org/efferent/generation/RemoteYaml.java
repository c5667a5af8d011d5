package org.efferent.generation;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import org.efferent.core.UsageException;
import org.efferent.generation.remote.PictureTensors;
import org.efferent.generation.remote.RemoteOptions;
import org.efferent.generation.remote.RetryOptions;

/** Reads what is said of {@link RemoteServer} in a YAML file. */
final class RemoteYaml {
  private static final double LONGEST_SECONDS = 86_400;

  private RemoteYaml() {}

  static RemoteServer read(ConfigEntry in, boolean unit, double black, double white) {
    ConfigEntry server = in.get("server");
    server.only(
        "url",
        "model",
        "version",
        "binary",
        "deadlineSeconds",
        "attemptSeconds",
        "attempts",
        "inFlight",
        "mostMegabytes",
        "token",
        "trustStore");
    try {
      return new RemoteServer(
          options(server),
          tensors(in.get("tensors"), unit, black, white),
          GeneratorYaml.maybe(server, "token").map(RemoteYaml::secret),
          GeneratorYaml.maybe(server, "trustStore").map(RemoteYaml::trust),
          server.place());
    } catch (UsageException e) {
      throw new UsageException(server.place() + ": " + e.getMessage(), e);
    }
  }

  private static RemoteOptions options(ConfigEntry in) {
    RetryOptions usual = RetryOptions.DEFAULTS;
    RetryOptions retry =
        new RetryOptions(
            seconds(in, "deadlineSeconds", usual.deadline()),
            seconds(in, "attemptSeconds", usual.attempt()),
            in.has("attempts") ? (int) in.get("attempts").whole(1, 1000) : usual.attempts(),
            usual.firstPause(),
            usual.longestPause());
    URI url;
    try {
      url = new URI(in.get("url").word());
    } catch (URISyntaxException e) {
      throw in.get("url").wrong("an address such as http://localhost:8000");
    }
    RemoteOptions one = RemoteOptions.of(url, in.get("model").word());
    return new RemoteOptions(
        url,
        one.model(),
        in.has("version") ? in.get("version").word() : "",
        retry,
        in.has("inFlight") ? (int) in.get("inFlight").whole(1, 1000) : one.inFlight(),
        in.has("mostMegabytes")
            ? (int) in.get("mostMegabytes").whole(1, 2047) << 20
            : one.mostBytes(),
        in.has("binary") && in.get("binary").yes(),
        Optional.empty(),
        Optional.empty());
  }

  private static Duration seconds(ConfigEntry in, String name, Duration usual) {
    if (!in.has(name)) {
      return usual;
    }
    double seconds = in.get(name).number();
    if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
      throw in.get(name).wrong("above 0 and at most a day");
    }
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  private static PictureTensors tensors(ConfigEntry in, boolean unit, double black, double white) {
    in.only("embedding", "seed", "picture", "layout");
    return new PictureTensors(
        in.get("embedding").word(),
        unit,
        GeneratorYaml.maybe(in, "seed").map(ConfigEntry::word),
        in.get("picture").word(),
        in.has("layout")
            ? in.get("layout").one(PictureTensors.Layout.values())
            : PictureTensors.Layout.NCHW,
        black,
        white);
  }

  private static RemoteServer.Trust trust(ConfigEntry in) {
    in.only("file", "password");
    return new RemoteServer.Trust(
        GeneratorYaml.named(in.get("file")),
        GeneratorYaml.maybe(in, "password").map(RemoteYaml::secret));
  }

  /** Only where it is; a token in the configuration itself is refused without being shown. */
  private static RemoteServer.Secret secret(ConfigEntry in) {
    in.onlyNames("variable", "file");
    if (in.has("variable") == in.has("file")) {
      throw new UsageException(
          in.place() + ": must name either a variable of the environment or a file");
    }
    boolean variable = in.has("variable");
    return new RemoteServer.Secret(
        variable, GeneratorYaml.named(in.get(variable ? "variable" : "file")));
  }
}
