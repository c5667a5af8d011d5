package org.efferent.generation.remote;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import org.efferent.core.UsageException;

/**
 * Where a model is and how it is asked.
 *
 * @param server {@code http} or {@code https}, a path before {@code /v2} allowed
 * @param model its name: letters, digits and {@code . _ ~ -}
 * @param version of the model; empty for the server's choice
 * @param retry patience
 * @param inFlight calls at a time, at least 1; others wait for their turn within their deadline
 * @param mostBytes that an answer may have
 * @param binary whether tensors go and come in binary (the extension of Triton and MLServer), which
 *     is faster by far for pictures; else as JSON, which every server knows
 * @param token what the server knows its user by; only over {@code https}, or to this machine
 * @param trust certificates to trust instead of the JDK's own
 */
public record RemoteOptions(
    URI server,
    String model,
    String version,
    RetryOptions retry,
    int inFlight,
    int mostBytes,
    boolean binary,
    Optional<BearerToken> token,
    Optional<TrustStore> trust) {
  private static final String NAME = "[A-Za-z0-9_~-][A-Za-z0-9._~-]*";

  /** Checks the values. */
  public RemoteOptions {
    Objects.requireNonNull(retry, "retry");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(trust, "trust");
    String scheme = String.valueOf(server.getScheme());
    boolean secure = scheme.equalsIgnoreCase("https");
    if ((!secure && !scheme.equalsIgnoreCase("http"))
        || server.getHost() == null
        || server.getRawUserInfo() != null
        || server.getRawQuery() != null
        || server.getRawFragment() != null) {
      throw new UsageException(
          "server must be http://HOST[:PORT][/PATH] or https://…, without a user, query or"
              + " fragment; host="
              + server.getHost());
    }
    if (!model.matches(NAME) || !(version.isEmpty() || version.matches(NAME))) {
      throw new UsageException(
          "model and version have letters, digits and . _ ~ - only; model=%s, version=%s"
              .formatted(model, version));
    }
    if (inFlight < 1 || mostBytes < 1) {
      throw new UsageException(
          "inFlight and mostBytes must be at least 1; inFlight=%d, mostBytes=%d"
              .formatted(inFlight, mostBytes));
    }
    if (token.isPresent() && !secure && !loopback(server.getHost())) {
      throw new UsageException(
          "a bearer token goes over https only, or to this machine; server=" + server);
    }
  }

  /**
   * JSON, one call at a time, answers up to 256 MiB, default patience, no token.
   *
   * @param server where
   * @param model which
   * @return the options
   */
  public static RemoteOptions of(URI server, String model) {
    return new RemoteOptions(
        server,
        model,
        "",
        RetryOptions.DEFAULTS,
        1,
        1 << 28,
        false,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The same with another patience.
   *
   * @param patience the new one
   * @return a copy
   */
  public RemoteOptions withRetry(RetryOptions patience) {
    return new RemoteOptions(
        server, model, version, patience, inFlight, mostBytes, binary, token, trust);
  }

  /**
   * The same with tensors in binary, or not.
   *
   * @param on whether
   * @return a copy
   */
  public RemoteOptions withBinary(boolean on) {
    return new RemoteOptions(server, model, version, retry, inFlight, mostBytes, on, token, trust);
  }

  /**
   * The same with a token and certificates.
   *
   * @param newToken the token
   * @param newTrust the certificates
   * @return a copy
   */
  public RemoteOptions withSecurity(Optional<BearerToken> newToken, Optional<TrustStore> newTrust) {
    return new RemoteOptions(
        server, model, version, retry, inFlight, mostBytes, binary, newToken, newTrust);
  }

  /** The model's address with a word behind it, or none. */
  URI address(String word) {
    String base = server.toString().replaceAll("/+$", "") + "/v2/models/" + model;
    String whole = version.isEmpty() ? base : base + "/versions/" + version;
    return URI.create(word.isEmpty() ? whole : whole + "/" + word);
  }

  /** Only names that need no look-up. */
  private static boolean loopback(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    if (!host.matches("[0-9.]+|\\[.*\\]")) {
      return false;
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
