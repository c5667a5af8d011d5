package org.efferent.generation.remote;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.efferent.core.InputException;

/**
 * Certificates that are trusted instead of the JDK's own.
 *
 * @param file PKCS #12 or JKS, as {@code keytool} makes it
 * @param password of the file, not shown; may be empty
 */
public record TrustStore(Path file, String password) {

  /** A context that trusts these certificates alone. */
  SSLContext context() {
    try {
      KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new InputException(
          "%s: must be a trust store of keytool (PKCS #12 or JKS) with this password: %s"
              .formatted(file.getFileName(), e.getMessage()),
          e);
    }
  }

  /** Does not show the password. */
  @Override
  public String toString() {
    return "TrustStore[file=" + file + "]";
  }
}
