package org.efferent.generation;

import java.util.Objects;
import java.util.Optional;
import org.efferent.core.UsageException;
import org.efferent.generation.remote.PictureTensors;
import org.efferent.generation.remote.RemoteOptions;

/**
 * A model on an inference server (Open Inference Protocol, version 2).
 *
 * @param options where it is and how it is asked; without token and certificates
 * @param tensors its inputs and its output
 * @param token what the server knows its user by
 * @param trust certificates to trust instead of the JDK's own
 * @param place file and line of the server, for messages
 */
public record RemoteServer(
    RemoteOptions options,
    PictureTensors tensors,
    Optional<Secret> token,
    Optional<Trust> trust,
    String place)
    implements GeneratorConfig.Model {

  /** Checks the values. */
  public RemoteServer {
    Objects.requireNonNull(tensors, "tensors");
    if (options.token().isPresent() || options.trust().isPresent()) {
      throw new UsageException("token and certificates are read when a generator is opened");
    }
  }

  /**
   * Where a word is that nobody else may read; never the word itself.
   *
   * @param variable whether it is a variable of the environment, and not a file
   * @param name of the variable or the file, of which the first line is taken
   */
  public record Secret(boolean variable, GeneratorConfig.Named name) {}

  /**
   * Certificates that are trusted.
   *
   * @param file of keytool, PKCS #12 or JKS
   * @param password of the file; empty where it has none
   */
  public record Trust(GeneratorConfig.Named file, Optional<Secret> password) {}
}
