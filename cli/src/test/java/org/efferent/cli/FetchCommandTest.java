package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.efferent.data.Sha256;
import org.efferent.data.fetch.FetchEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Data sets from a publisher on this machine's loopback. */
class FetchCommandTest {
  private static final String ASKS =
      "toy: its licence, Toy licence 1.0, must be accepted first; read https://example.org/licence"
          + " and give --accept-licence";

  private final List<String> requests = new ArrayList<>();
  private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
  private final List<String> questions = new ArrayList<>();
  private HttpServer server;
  private Path card;

  @TempDir private Path folder;

  @BeforeEach
  void publish() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().toString();
          synchronized (requests) {
            requests.add(path);
          }
          byte[] content = contents.get(path);
          exchange.sendResponseHeaders(
              content == null ? 404 : 200, content == null ? -1 : content.length);
          if (content != null) {
            exchange.getResponseBody().write(content);
          }
          exchange.close();
        });
    server.start();
    StringBuilder sums = new StringBuilder();
    for (String name : List.of("S001/a.edf", "S001/b.edf", "S002/a.edf")) {
      byte[] content = new byte[1000];
      new Random(name.hashCode()).nextBytes(content);
      contents.put("/toy/" + name, content);
      Path file = Files.write(folder.resolve("sum"), content);
      sums.append(Sha256.of(file)).append("  ").append(name).append('\n');
    }
    contents.put("/toy/SHA256SUMS.txt", sums.toString().getBytes(StandardCharsets.UTF_8));
    card =
        Files.writeString(
            folder.resolve("toy.json"),
            """
            {"format": "efferent-dataset-card/1", "id": "toy", "title": "A toy", "description": "Made up.",
             "publisher": "A test", "page": "https://example.org/toy",
             "licence": {"name": "Toy licence 1.0", "address": "https://example.org/licence", "asks": "Name us."},
             "citation": ["Nobody (2026). Nothing."],
             "size": {"bytes": 3000, "verified": false, "note": "as the test says"},
             "contents": "Random bytes.", "use": "Tests.", "checksums": "SHA256SUMS.txt", "addressesVerified": false,
             "source": {"kind": "sha256sums", "base": "http://127.0.0.1:%d/toy/", "list": "SHA256SUMS.txt"}}
            """
                .formatted(server.getAddress().getPort()));
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private List<String> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** A call with a person at the terminal, or nobody. */
  private Cli.Result run(String answer, Object... words) {
    UserTerminal terminal =
        new UserTerminal() {
          @Override
          public boolean present() {
            return answer != null;
          }

          @Override
          public String ask(String question) {
            questions.add(question);
            assertThat(requests()).isEmpty(); // the licence really comes first
            return answer;
          }
        };
    CommandLine.IFactory factory =
        new CommandLine.IFactory() {
          @Override
          public <K> K create(Class<K> type) throws Exception {
            return type == FetchCommand.class
                ? type.cast(new FetchCommand(terminal, FetchEnvironment.system()))
                : CommandLine.defaultFactory().create(type);
          }
        };
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        EfferentCommand.commandLine(factory)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
    return new Cli.Result(status, out.toString(), err.toString());
  }

  @Test
  void nothingIsAskedOfThePublisherBeforeTheLicenceIsAccepted() {
    Path out = folder.resolve("out");
    run(null, "fetch", "--card", card, "--out", out, "--json").failed(2, ASKS);
    run("yes", "fetch", "--card", card, "--out", out, "--json").failed(2, ASKS);
    Cli.Result nobody = run(null, "fetch", "--card", card, "--out", out);
    assertThat(nobody.status()).isEqualTo(2);
    assertThat(nobody.err()).isEqualToNormalizingNewlines("efferent: " + ASKS + "\n");
    assertThat(nobody.out())
        .contains("Licence:    Toy licence 1.0", "Name us.", "https://example.org/licence");
    Cli.Result declined = run("no", "fetch", "--card", card, "--out", out);
    assertThat(declined.status()).isEqualTo(2);
    assertThat(declined.err())
        .isEqualToNormalizingNewlines(
            "efferent: toy: its licence was not accepted; nothing was downloaded\n");
    assertThat(questions).containsExactly("Do you accept the licence, Toy licence 1.0? [y/N] ");
    assertThat(requests()).isEmpty();
    assertThat(out).doesNotExist();
  }

  @Test
  void whoAcceptsAtTheTerminalGetsTheDataAndABar() throws Exception {
    Path out = folder.resolve("out");
    Cli.Result result = run("Yes", "fetch", "--card", card, "--out", out, "--only", "S001/*");
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out())
        .contains(
            "2 files downloaded (2.00 kB), 0 were there",
            "2 checked against a published checksum, 0 without one");
    assertThat(result.err()).contains("\r", "S001/b.edf", "2 files done");
    assertThat(requests())
        .containsExactly("/toy/SHA256SUMS.txt", "/toy/S001/a.edf", "/toy/S001/b.edf");
    assertThat(Files.readAllBytes(out.resolve("S001/a.edf")))
        .isEqualTo(contents.get("/toy/S001/a.edf"));
    assertThat(out.resolve("dataset.json")).exists();
  }

  @Test
  void programsGetOneObject() {
    Path out = folder.resolve("out");
    Cli.Result result =
        run(null, "fetch", "--card", card, "--out", out, "--accept-licence", "--json");
    JsonNode json = result.json();
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "dataset",
            "folder",
            "licence",
            "citation",
            "downloaded",
            "there",
            "bytes",
            "unchecked",
            "retries",
            "resumed",
            "restarted",
            "provenance",
            "files");
    assertThat(json.path("downloaded").intValue()).isEqualTo(3);
    assertThat(json.path("bytes").intValue()).isEqualTo(3000);
    assertThat(json.path("unchecked").intValue()).isZero();
    assertThat(json.path("files").path(0).path("path").textValue()).isEqualTo("S001/a.edf");
    assertThat(json.path("files").path(0).path("checkedAgainst").textValue())
        .isEqualTo("SHA-256 of SHA256SUMS.txt");
    // Nobody at the terminal: no bar, only what happens.
    assertThat(result.err())
        .isEqualToNormalizingNewlines(
            """
            efferent: accepted: Toy licence 1.0, https://example.org/licence
            efferent: asking 127.0.0.1 for its list
            """);
    JsonNode again =
        run(null, "fetch", "--card", card, "--out", out, "--accept-license", "--json").json();
    assertThat(again.path("downloaded").intValue()).isZero();
    assertThat(again.path("there").intValue()).isEqualTo(3);
  }

  @Test
  void aDryRunAsksForTheListAlone() {
    Path out = folder.resolve("out");
    JsonNode json =
        run(null, "fetch", "--card", card, "--out", out, "--dry-run", "--json", "--only", "*/a.edf")
            .json();
    assertThat(json.path("dataset").textValue()).isEqualTo("toy");
    assertThat(json.path("licence").path("asks").textValue()).isEqualTo("Name us.");
    assertThat(json.path("size").path("bytes").intValue()).isEqualTo(3000);
    assertThat(json.path("size").path("verified").booleanValue()).isFalse();
    assertThat(json.path("listed").intValue()).isEqualTo(3);
    assertThat(json.path("withoutSize").intValue()).isEqualTo(2);
    assertThat(json.path("files"))
        .extracting(f -> f.path("path").textValue())
        .containsExactly("S001/a.edf", "S002/a.edf");
    assertThat(json.path("files").path(0).path("checksum").path("from").textValue())
        .isEqualTo("SHA256SUMS.txt");
    assertThat(requests()).containsExactly("/toy/SHA256SUMS.txt");
    assertThat(out).doesNotExist();
    Cli.Result text = run(null, "fetch", "--card", card, "--dry-run");
    assertThat(text.status()).isZero();
    assertThat(text.out())
        .contains(
            "Licence:    Toy licence 1.0",
            "Size:       3.00 kB (as the publisher says; not measured here); as the test says",
            "Cite:       Nobody (2026). Nothing.",
            "S002/a.edf",
            "3 of 3 files, 0 bytes and 3 files of unknown size; 0 without a published checksum",
            "(The addresses were not tried when this card was written.)");
  }

  @Test
  void theCardsAreListed() {
    Cli.Result result = run(null, "fetch", "--list", "--json", "--card", card);
    JsonNode sets = result.json().path("datasets");
    assertThat(sets)
        .extracting(d -> d.path("dataset").textValue())
        .containsExactly(
            "eegmmidb",
            "flint-run1",
            "things-eeg2",
            "things-meg",
            "meg-masc",
            "broderick",
            "brennan",
            "libribrain",
            "clip-vit-l14",
            "dinov2-base",
            "wav2vec2-base",
            "wav2vec2-xlsr",
            "whisper-base",
            "toy");
    for (JsonNode set : sets) {
      assertThat(set.path("licence").path("name").textValue()).isNotEmpty();
      assertThat(set.path("citation")).isNotEmpty();
    }
    assertThat(sets.path(5).path("access").path("required").booleanValue()).isTrue();
    assertThat(run(null, "fetch", "--list").out())
        .contains(
            "eegmmidb       3.40 GB      EEG Motor Movement/Imagery Dataset",
            "libribrain     unknown      LibriBrain",
            "wav2vec2-xlsr  unknown      wav2vec 2.0 large, XLSR-53",
            "wants a token in EFFERENT_TOKEN_DRYAD",
            "to be downloaded by hand");
    assertThat(requests()).isEmpty();
  }

  @Test
  void whatIsWronglyAskedIsSaid() {
    String one =
        "name a data set or a card of your own with --card, not both; --list shows what there is";
    run(null, "fetch").failed(2, one);
    run(null, "fetch", "eegmmidb", "--card", card).failed(2, one);
    run(null, "fetch", "nothing")
        .failed(
            2,
            "there is no data set or model \"nothing\"; there are eegmmidb, flint-run1, things-eeg2,"
                + " things-meg, meg-masc, broderick, brennan, libribrain, clip-vit-l14, dinov2-base,"
                + " wav2vec2-base, wav2vec2-xlsr, whisper-base; a card of your own is named by --card FILE");
    run(null, "fetch", "eegmmidb", "--all", "--only", "x")
        .failed(2, "all and only exclude each other; only=[x]");
    run(null, "fetch", "--card", folder.resolve("none.json"), "--dry-run")
        .failed(3, folder.resolve("none.json") + ": there is no such file; check the path");
    assertThat(requests()).isEmpty();
  }

  @Test
  void whatThePublisherDoesWrongHasItsStatus() {
    Path out = folder.resolve("out");
    contents.put("/toy/S001/a.edf", new byte[1000]);
    Cli.Result forged =
        run(null, "fetch", "--card", card, "--out", out, "--accept-licence", "--json");
    assertThat(forged.status()).isEqualTo(3);
    assertThat(forged.err()).contains("S001/a.edf: its SHA-256 is ", "nothing was kept");
    assertThat(forged.out()).isEmpty();
    assertThat(out.resolve("S001/a.edf")).doesNotExist();
    contents.remove("/toy/SHA256SUMS.txt");
    Cli.Result gone = run(null, "fetch", "--card", card, "--dry-run", "--json");
    assertThat(gone.status()).isEqualTo(4);
    assertThat(gone.err())
        .contains("the publisher does not have it (404); see https://example.org/toy");
  }

  @Test
  void whatMustBeDownloadedByHandIsExplained() {
    Path out = folder.resolve("brennan");
    Cli.Result result = run(null, "fetch", "brennan", "--out", out, "--accept-licence");
    assertThat(result.status()).isEqualTo(5);
    assertThat(result.err())
        .startsWith(
            "efferent: brennan: its publisher lets no program download it, and nothing lies in "
                + out
                + "; Open https://deepblue.lib.umich.edu/data/concern/data_sets/bg257f92t in a"
                + " browser: ");
    JsonNode dry = run(null, "fetch", "brennan", "--dry-run", "--json").json();
    assertThat(dry.path("steps")).hasSize(4);
    assertThat(dry.path("files")).isEmpty();
  }
}
