package org.efferent.generation.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.efferent.core.InputException;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamException;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RemoteOptionsTest {
  private static final Optional<BearerToken> TOKEN = Optional.of(new BearerToken("s3cr3t"));

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://host", "host", "http://user:word@host", "http://host?a", "http:///v2"})
  void anAddressIsPlain(String address) {
    assertThatThrownBy(() -> RemoteOptions.of(URI.create(address), "m"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("server must be http://HOST[:PORT][/PATH] or https://…,")
        .hasMessageNotContaining("word");
  }

  @Test
  void aTokenGoesOverSafeWaysOnlyAndIsNeverShown() {
    for (String safe :
        List.of("https://host", "http://localhost:1", "http://127.0.0.1", "http://[::1]:80")) {
      RemoteOptions options =
          RemoteOptions.of(URI.create(safe), "m").withSecurity(TOKEN, Optional.empty());
      assertThat(options.toString()).contains("a bearer token").doesNotContain("s3cr3t");
    }
    RemoteOptions open = RemoteOptions.of(URI.create("http://host"), "m");
    assertThatThrownBy(() -> open.withSecurity(TOKEN, Optional.empty()))
        .isInstanceOf(UsageException.class)
        .hasMessage("a bearer token goes over https only, or to this machine; server=http://host");
    assertThatThrownBy(() -> new BearerToken("s3cr3t\n"))
        .hasMessageNotContaining("s3cr3t")
        .hasMessageEndingWith("characters=7");
  }

  @Test
  void namesAndNumbersAreChecked() {
    assertThatThrownBy(() -> RemoteOptions.of(URI.create("http://host"), "../x"))
        .hasMessage(
            "model and version have letters, digits and . _ ~ - only; model=../x, version=");
    assertThatThrownBy(
            () ->
                new RetryOptions(
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    1,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1)))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "deadline, attempt and firstPause must be positive; deadline=PT0S, attempt=PT1S,"
                + " firstPause=PT1S");
    RemoteOptions versioned =
        new RemoteOptions(
            URI.create("https://host/prefix/"),
            "m",
            "3",
            RetryOptions.DEFAULTS,
            1,
            1,
            true,
            Optional.empty(),
            Optional.empty());
    assertThat(versioned.address("infer"))
        .hasToString("https://host/prefix/v2/models/m/versions/3/infer");
  }

  @Test
  void aCertificateOfOnesOwnIsTrustedOnlyIfItIsGiven(@TempDir Path folder) throws Exception {
    Path store = folder.resolve("store.p12");
    keytool(store);
    try (FakeInferenceServer server = new FakeInferenceServer(serverContext(store))) {
      RemoteOptions options = RemoteOptions.of(server.address(), "painter");
      TrustStore trust = new TrustStore(store, "password");
      RemoteModel model =
          RemoteModel.open(
              options.withSecurity(TOKEN, Optional.of(trust)), LocalClock.SYSTEM, d -> {});
      assertThat(model.signature().name()).isEqualTo("painter");
      assertThat(server.seen().get(0).headers().getFirst("Authorization"))
          .isEqualTo("Bearer s3cr3t");
      assertThatThrownBy(() -> RemoteModel.open(options, LocalClock.SYSTEM, d -> {}))
          .isInstanceOf(StreamException.class)
          .hasMessageStartingWith(
              server.address() + "/v2/models/painter/ready: no secure connection: ")
          .hasMessageEndingWith("give a trust store that holds it");
      TrustStore wrong = new TrustStore(store, "wrong-password");
      assertThatThrownBy(
              () ->
                  RemoteModel.open(
                      options.withSecurity(TOKEN, Optional.of(wrong)), LocalClock.SYSTEM, d -> {}))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(
              "store.p12: must be a trust store of keytool (PKCS #12 or JKS) with this password: ")
          .hasMessageNotContaining("wrong-password");
      assertThat(wrong.toString()).doesNotContain("wrong-password");
    }
  }

  private static SSLContext serverContext(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "password".toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, "password".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  /** The JDK's own tool: it has no public interface that makes certificates. */
  private static void keytool(Path store) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                "password",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
