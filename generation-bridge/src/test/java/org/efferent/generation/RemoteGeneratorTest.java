package org.efferent.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.efferent.core.InputException;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamException;
import org.efferent.core.UsageException;
import org.efferent.generation.remote.FakeInferenceServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server on loopback and a configuration that describes it. */
@Timeout(60)
class RemoteGeneratorTest {
  private static final String METADATA =
      """
      {"name":"painter","inputs":[
        {"name":"embedding","datatype":"FP32","shape":[-1,2]},
        {"name":"seed","datatype":"INT64","shape":[1]}],
       "outputs":[{"name":"image","datatype":"UINT8","shape":[-1,-1,3]}]}
      """;
  private static final String CONFIG =
      """
      kind: remote
      embedding:
        width: 2
        unit: true
      server:
        url: URL
        model: painter
        attempts: 1
        attemptSeconds: 60
        deadlineSeconds: 60
      tensors:
        embedding: embedding
        seed: seed
        picture: image
        layout: NHWC
      range: [0, 255]
      """;
  private static final float[] EMBEDDING = {0.6f, 0.8f};
  private static final String PICTURE =
      "{\"outputs\":[{\"name\":\"image\",\"datatype\":\"UINT8\",\"shape\":[2,1,3],\"data\":[1,2,3,4,5,6]}]}";

  private final FakeInferenceServer server = new FakeInferenceServer();

  private final AtomicLong now = new AtomicLong();

  /** How far the clock moves when it is read; a call reads it first for its deadline. */
  private final AtomicLong stride = new AtomicLong();

  private final LocalClock clock = () -> now.getAndAdd(stride.get());

  @TempDir private Path folder;

  @BeforeEach
  void describe() {
    server.describedAs(METADATA);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private GeneratorConfig read(String config) throws IOException {
    String address = server.address().toString();
    return GeneratorConfig.read(
        Files.writeString(folder.resolve("far.yaml"), config.replace("URL", address)));
  }

  private Generator open(String config) throws IOException {
    Map<String, String> environment = Map.of("PAINTER_TOKEN", "abc.def", "BLANK", " ");
    return Generators.open(read(config), folder, 1, environment::get, clock, pause -> {});
  }

  @Test
  void aServerDrawsAndThePictureSaysWhere() throws IOException {
    try (Generator generator = open(CONFIG)) {
      server.next(FakeInferenceServer.text(200, PICTURE));
      Picture picture = generator.generate(EMBEDDING, 42);
      assertThat(picture.image().getRGB(0, 0) & 0xFFFFFF).isEqualTo(0x010203);
      assertThat(picture.image().getRGB(0, 1) & 0xFFFFFF).isEqualTo(0x040506);
      assertThat(picture.provenance())
          .containsEntry("Generator", "far")
          .containsEntry("Server", server.address().toString())
          .containsEntry("Model", "painter")
          .containsEntry("Seed", "42");
      assertThat(((RemoteGenerator) generator).counts().answered()).isEqualTo(3);
      assertThat(server.seen().get(2).body()).contains("\"data\":[42]");
      assertThat(server.seen().get(2).headers().containsKey("Authorization")).isFalse();
    }
  }

  @Test
  void theTokenIsThatOfAVariableOrAFile() throws IOException {
    String variable = CONFIG.replace("  model:", "  token: {variable: PAINTER_TOKEN}\n  model:");
    open(variable).close();
    assertThat(server.seen().get(0).headers().getFirst("Authorization"))
        .isEqualTo("Bearer abc.def");
    Files.writeString(folder.resolve("token.txt"), "file.token\nmore\n");
    open(variable.replace("variable: PAINTER_TOKEN", "file: token.txt")).close();
    assertThat(server.seen().get(2).headers().getFirst("Authorization"))
        .isEqualTo("Bearer file.token");
    for (String name : new String[] {"NONE", "BLANK"}) {
      assertThatThrownBy(() -> open(variable.replace("PAINTER_TOKEN", name)))
          .isInstanceOf(UsageException.class)
          .hasMessage(
              "far.yaml: line 7: server.token.variable: the variable %s must be set in the"
                      .formatted(name)
                  + " environment");
    }
    Files.writeString(folder.resolve("token.txt"), "\n");
    assertThatThrownBy(() -> open(variable.replace("variable: PAINTER_TOKEN", "file: token.txt")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "far.yaml: line 7: server.token.file: token.txt must hold the secret in its first line");
  }

  /** A token that stands in the file is not shown by the error, and is no token. */
  @Test
  void secretsDoNotBelongIntoTheFile() {
    assertThatThrownBy(() -> open(CONFIG.replace("  model:", "  token: s3cret\n  model:")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "far.yaml: line 7: server.token must say where it is, by one of variable, file; it is"
                + " not shown");
    assertThatThrownBy(() -> open(CONFIG.replace("  model:", "  token: {value: s3cret}\n  model:")))
        .hasMessage("far.yaml: line 7: server.token.value is unknown; known are variable, file");
    assertThatThrownBy(() -> open(CONFIG.replace("  model:", "  token: {}\n  model:")))
        .hasMessage(
            "far.yaml: line 5: server: far.yaml: line 7: server.token: must name either a variable"
                + " of the environment or a file");
  }

  @Test
  void aTokenGoesOverASecureConnectionOnly() {
    String config =
        CONFIG
            .replace("  model:", "  token: {variable: PAINTER_TOKEN}\n  model:")
            .replace("URL", "http://example.org");
    assertThatThrownBy(() -> open(config))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "far.yaml: line 5: server: a bearer token goes over https only, or to this machine;"
                + " server=http://example.org");
  }

  @Test
  void certificatesAreReadFromAKeystore() throws IOException {
    String config = CONFIG.replace("  model:", "  trustStore: {file: none.p12}\n  model:");
    assertThatThrownBy(() -> open(config))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "far.yaml: line 7: server.trustStore.file: %s: there is no such file; check the path"
                .formatted(folder.resolve("none.p12")));
    Files.writeString(folder.resolve("none.p12"), "no store");
    assertThatThrownBy(() -> open(config))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "none.p12: must be a trust store of keytool (PKCS #12 or JKS) with this password: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "width: 2|width: 3|far.yaml: line 3: embedding.width is 3, but model 'painter' takes 2 numbers; it has inputs [embedding FP32 [-1, 2], seed INT64 [1]], outputs [image UINT8 [-1, -1, 3]]",
        "embedding: embedding|embedding: latent|far.yaml: line 5: server: model 'painter' has no input 'latent'; it has inputs [embedding FP32 [-1, 2], seed INT64 [1]], outputs [image UINT8 [-1, -1, 3]]",
        "picture: image|picture: seed|far.yaml: line 5: server: model 'painter' has no output 'seed'; it has inputs [embedding FP32 [-1, 2], seed INT64 [1]], outputs [image UINT8 [-1, -1, 3]]",
        "model: painter|model: poet|ADDRESS/v2/models/poet/ready: the server has no such model (404): unknown model; check its name and version",
        "url: URL|url: ftp://localhost|far.yaml: line 5: server: server must be http://HOST[:PORT][/PATH] or https://…, without a user, query or fragment; host=localhost",
        "url: URL|url: 'http://a b'|far.yaml: line 6: server.url must be an address such as http://localhost:8000; it is http://a b",
        "layout: NHWC|layout: flat|far.yaml: line 15: tensors.layout must be one of nchw, nhwc; it is flat",
        "attempts: 1|attempts: 0|far.yaml: line 8: server.attempts must be from 1 to 1000; it is 0",
        "attemptSeconds: 60|attemptSeconds: 0|far.yaml: line 9: server.attemptSeconds must be above 0 and at most a day; it is 0",
        "attemptSeconds: 60|patience: 1|far.yaml: line 9: server.patience is unknown; known are url, model, version, binary, deadlineSeconds, attemptSeconds, attempts, inFlight, mostMegabytes, token, trustStore",
        "picture: image||far.yaml: line 11: tensors: 'picture' is missing",
      })
  void whatDoesNotFitIsShown(String from, String to, String message) {
    String text = CONFIG.replace(from, to == null ? "" : to);
    assertThat(text).isNotEqualTo(CONFIG);
    assertThatThrownBy(() -> open(text))
        .isInstanceOfAny(InputException.class, StreamException.class)
        .hasMessage(message.replace("ADDRESS", server.address().toString()));
  }

  @Test
  void aServerThatIsLateOrWrongOrHalfOrNeverAnswersIsSaid() throws IOException {
    String infer = server.address() + "/v2/models/painter/infer: ";
    try (Generator generator = open(CONFIG)) {
      stride.set(59_950_000_000L);
      server.next(server.never());
      assertThatThrownBy(() -> generator.generate(EMBEDDING, 0))
          .isInstanceOf(StreamException.class)
          .hasMessage(infer + "gave up after 1 attempt: no whole answer within 50 ms");
      server.next(server.stall());
      assertThatThrownBy(() -> generator.generate(EMBEDDING, 0))
          .hasMessage(infer + "gave up after 1 attempt: no whole answer within 50 ms");
      stride.set(0);
      server.next(FakeInferenceServer.half());
      assertThatThrownBy(() -> generator.generate(EMBEDDING, 0))
          .isInstanceOf(StreamException.class)
          .hasMessageStartingWith(infer + "gave up after 1 attempt: the connection broke: ");
      server.next(FakeInferenceServer.text(500, "{\"error\":\"out of memory\"}"));
      assertThatThrownBy(() -> generator.generate(EMBEDDING, 0))
          .hasMessage(infer + "gave up after 1 attempt: it answered 500: out of memory");
      server.next(FakeInferenceServer.text(200, "{\"outputs\":[]}"));
      assertThatThrownBy(() -> generator.generate(EMBEDDING, 0))
          .hasMessage(infer + "the answer must have output 'image'; it has []");
      server.next(FakeInferenceServer.text(200, PICTURE.replace("[2,1,3]", "[2,2,3]")));
      assertThatThrownBy(() -> generator.generate(EMBEDDING, 0))
          .hasMessage(
              infer
                  + "the answer is wrong: tensor 'image' must have as many values as its shape;"
                  + " shape=[2, 2, 3], values=6");
      server.next(FakeInferenceServer.text(200, PICTURE));
      assertThat(generator.generate(EMBEDDING, 0).image().getHeight()).isEqualTo(2);
    }
    server.close();
    assertThatThrownBy(() -> open(CONFIG))
        .isInstanceOf(StreamException.class)
        .hasMessage(
            server.address()
                + "/v2/models/painter/ready: gave up after 1 attempt: no connection: does the server"
                + " run?");
  }

  @Test
  void embeddingsAreCheckedBeforeTheyAreSent() throws IOException {
    try (Generator generator = open(CONFIG)) {
      assertThatThrownBy(() -> generator.generate(new float[] {1}, 0))
          .isInstanceOf(InputException.class)
          .hasMessage("an embedding for far must have 2 numbers, [2]; numbers=1");
      assertThatThrownBy(() -> generator.generate(new float[] {1, Float.NaN}, 0))
          .hasMessage("an embedding must be finite; number 1 is NaN");
      assertThatThrownBy(() -> generator.generate(new float[] {3, 4}, 0))
          .hasMessage(
              "an embedding for far must have length 1; length=5.0000; divide it by its length");
      assertThat(server.seen()).hasSize(2);
    }
  }

  @Test
  void aThreadThatIsAskedToStopStops() throws IOException {
    try (Generator generator = open(CONFIG)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> generator.generate(EMBEDDING, 0))
          .isInstanceOf(StreamException.class)
          .hasMessage(
              "model 'painter' on %s: the thread was asked to stop".formatted(server.address()));
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
