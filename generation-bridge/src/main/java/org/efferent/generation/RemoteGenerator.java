package org.efferent.generation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.efferent.core.InputException;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamException;
import org.efferent.core.UsageException;
import org.efferent.data.fetch.Pause;
import org.efferent.generation.remote.BearerToken;
import org.efferent.generation.remote.CallCounts;
import org.efferent.generation.remote.RemoteModel;
import org.efferent.generation.remote.RemoteOptions;
import org.efferent.generation.remote.RemotePictures;
import org.efferent.generation.remote.TrustStore;

/** Embeddings to pictures by a {@link RemoteServer}. */
final class RemoteGenerator implements Generator {
  private final GeneratorConfig config;
  private final RemoteServer server;
  private final RemoteModel model;
  private final RemotePictures pictures;

  private RemoteGenerator(
      GeneratorConfig config, RemoteServer server, RemoteModel model, RemotePictures pictures) {
    this.config = config;
    this.server = server;
    this.model = model;
    this.pictures = pictures;
  }

  /**
   * Asks the server whether the model is ready, and what it takes.
   *
   * @param config the configuration
   * @param server the part of it that says where
   * @param folder that files of secrets are relative to
   * @param environment value of a variable, null where there is none
   * @param clock measures deadlines
   * @param pause waits between attempts
   * @throws InputException if the model takes or gives something else
   * @throws StreamException if the server does not answer
   */
  static RemoteGenerator open(
      GeneratorConfig config,
      RemoteServer server,
      Path folder,
      UnaryOperator<String> environment,
      LocalClock clock,
      Pause pause) {
    RemoteOptions options = secured(server, folder, environment);
    try {
      RemoteModel model = RemoteModel.open(options, clock, pause);
      RemotePictures pictures;
      try {
        pictures = new RemotePictures(model, server.tensors());
      } catch (InputException e) {
        throw new InputException(server.place() + ": " + e.getMessage(), e);
      }
      if (pictures.width() != config.latent().width()) {
        throw new InputException(
            "%s is %d, but model '%s' takes %d numbers; it has %s"
                .formatted(
                    config.latent().place(),
                    config.latent().width(),
                    options.model(),
                    pictures.width(),
                    model.signature()));
      }
      return new RemoteGenerator(config, server, model, pictures);
    } catch (InterruptedException e) {
      throw interrupted(options, e);
    }
  }

  private static RemoteOptions secured(
      RemoteServer server, Path folder, UnaryOperator<String> environment) {
    Optional<String> token =
        server.token().map(secret -> Secrets.read(secret, folder, environment));
    Optional<TrustStore> trust =
        server
            .trust()
            .map(
                its -> {
                  Path file = ModelFiles.resolve(its.file(), folder);
                  ModelFiles.check(its.file(), file);
                  return new TrustStore(
                      file,
                      its.password()
                          .map(secret -> Secrets.read(secret, folder, environment))
                          .orElse(""));
                });
    try {
      return server.options().withSecurity(token.map(BearerToken::new), trust);
    } catch (UsageException e) {
      throw new UsageException(server.place() + ": " + e.getMessage(), e);
    }
  }

  private static StreamException interrupted(RemoteOptions options, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StreamException(
        "model '%s' on %s: the thread was asked to stop"
            .formatted(options.model(), options.server()),
        e);
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public int width() {
    return config.latent().width();
  }

  @Override
  public void check(float[] embedding) {
    Embeddings.check(config.name(), config.latent(), embedding);
  }

  /** What became of all calls until now. */
  CallCounts counts() {
    return model.counts();
  }

  @Override
  public Picture generate(float[] embedding, long seed) {
    check(embedding);
    Map<String, String> words = new LinkedHashMap<>();
    words.put("Generator", config.name());
    words.put("Server", server.options().server().toString());
    words.put("Model", server.options().model());
    if (!server.options().version().isEmpty()) {
      words.put("Model version", server.options().version());
    }
    if (server.tensors().seed().isPresent()) {
      words.put("Seed", Long.toString(seed));
    }
    try {
      return new Picture(pictures.generate(embedding, seed), words);
    } catch (InterruptedException e) {
      throw interrupted(server.options(), e);
    }
  }

  /** Nothing to let go of: connections that nobody uses close themselves. */
  @Override
  public void close() {}
}
