package org.efferent.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.core.UnavailableException;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole data set: licence, choice, room, what is there already, provenance. */
class DatasetFetchTest {
  private static final byte[] A = Fetching.bytes(1000, 1);
  private static final byte[] B = Fetching.bytes(2000, 2);
  private static final byte[] C = Fetching.bytes(3000, 3);

  private final FakePublisher publisher = new FakePublisher();
  private final Fetching fetching = new Fetching();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    publisher.close();
  }

  /** sub-01/a.edf and sub-01/deep/b.edf with a checksum, c.txt without. */
  private DatasetCard card(String more) {
    publisher.on("/a", FakePublisher.content(A, "\"a\""));
    publisher.on("/b", FakePublisher.content(B, "\"b\""));
    publisher.on("/c", FakePublisher.content(C, "\"c\""));
    String files =
        String.join(
            ", ",
            Fetching.file("sub-01/a.edf", publisher.address("/a"), sum(A)),
            Fetching.file("sub-01/deep/b.edf", publisher.address("/b"), sum(B)),
            Fetching.file("c.txt", publisher.address("/c"), "\"bytes\": 3000"));
    return Fetching.card("{\"kind\": \"files\"}", "\"files\": [" + files + "]" + more);
  }

  private static String sum(byte[] content) {
    return "\"bytes\": %d, \"sha256\": \"%s\"".formatted(content.length, Fetching.sha256(content));
  }

  private List<String> wanted(DatasetCard card, String... only) throws InterruptedException {
    fetching.options = FetchOptions.DEFAULTS.withOnly(List.of(only));
    return fetching.of(card, folder).list().selected().stream().map(RemoteFile::path).toList();
  }

  @Test
  void nothingIsAskedBeforeTheLicenceIsAccepted() throws Exception {
    DatasetCard card = card("");
    DatasetFetch fetch = fetching.of(card, folder.resolve("new"));
    FileList files = fetch.list();
    LicenceAcceptance other = new LicenceAcceptance("toy", "Another licence", Fetching.DAY);
    assertThatThrownBy(() -> fetch.download(other, files, FetchListener.NONE))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "toy: its licence must be accepted, Toy licence 1.0; accepted was that of toy, Another"
                + " licence");
    LicenceAcceptance elsewhere = new LicenceAcceptance("other", "Toy licence 1.0", Fetching.DAY);
    assertThatThrownBy(() -> fetch.download(elsewhere, files, FetchListener.NONE))
        .isInstanceOf(UsageException.class);
    assertThat(publisher.seen()).isEmpty();
    assertThat(folder.resolve("new")).doesNotExist();
    fetch.download(LicenceAcceptance.of(card, Fetching.DAY), files, FetchListener.NONE);
    assertThat(publisher.seen()).hasSize(3);
  }

  @Test
  void globsChoose() throws Exception {
    DatasetCard card = card("");
    assertThat(wanted(card)).containsExactly("sub-01/a.edf", "sub-01/deep/b.edf", "c.txt");
    assertThat(wanted(card, "sub-01/*")).containsExactly("sub-01/a.edf");
    assertThat(wanted(card, "sub-01/**")).containsExactly("sub-01/a.edf", "sub-01/deep/b.edf");
    assertThat(wanted(card, "**/{a,b}.edf", "c.*"))
        .containsExactly("sub-01/a.edf", "sub-01/deep/b.edf", "c.txt");
    assertThatThrownBy(() -> wanted(card, "sub-01/*", "sub-02/*"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "sub-02/* matches none of 3 files, such as sub-01/a.edf; --dry-run --all shows them");
    assertThatThrownBy(() -> wanted(card, "{a"))
        .isInstanceOf(UsageException.class)
        .hasMessage("--only must be a glob such as S001/*.edf; only={a");
  }

  @Test
  void aCardMayChooseForWhoDoesNot() throws Exception {
    DatasetCard card = card(", \"select\": [\"*\"]");
    assertThat(wanted(card)).containsExactly("c.txt");
    assertThat(wanted(card, "sub-01/*")).containsExactly("sub-01/a.edf");
    fetching.options = FetchOptions.DEFAULTS.withAll(true);
    FileList all = fetching.of(card, folder).list();
    assertThat(all.selected()).hasSize(3);
    assertThat(all.all()).isEqualTo(3);
    assertThat(all.knownBytes()).isEqualTo(6000);
    assertThat(all.withoutChecksum()).isEqualTo(1);
  }

  @Test
  void whatIsThereIsNotFetchedAgain() throws Exception {
    DatasetCard card = card("");
    FetchResult first = fetching.fetch(card, folder);
    assertThat(first.downloaded()).isEqualTo(3);
    assertThat(first.downloadedBytes()).isEqualTo(6000);
    Files.delete(folder.resolve("sub-01/deep/b.edf"));
    FetchResult second = fetching.fetch(card, folder);
    assertThat(second.files())
        .extracting(f -> f.file().path() + " " + f.presence())
        .containsExactly("sub-01/a.edf THERE", "c.txt THERE", "sub-01/deep/b.edf DOWNLOADED");
    assertThat(publisher.seen())
        .extracting(FakePublisher.Seen::target)
        .containsExactly("/a", "/b", "/c", "/b");
  }

  @Test
  void anotherFileOfTheSameNameIsNotReplacedUnasked() throws Exception {
    DatasetCard card = card("");
    Path mine = folder.resolve("sub-01/a.edf");
    Files.createDirectories(mine.getParent());
    byte[] own = Fetching.bytes(1000, 9);
    Files.write(mine, own);
    assertThatThrownBy(() -> fetching.fetch(card, folder))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            mine
                + ": is there already with another content than the publisher's; move it away, or"
                + " give --force to replace it");
    assertThat(Files.readAllBytes(mine)).isEqualTo(own);
    assertThat(publisher.seen()).isEmpty();
    fetching.options = FetchOptions.DEFAULTS.withOverwrite(true);
    fetching.fetch(card, folder);
    assertThat(Files.readAllBytes(mine)).isEqualTo(A);
  }

  @Test
  void aFileWithoutAPublishedSumIsKnownByWhatWasNoted() throws Exception {
    DatasetCard card = card("");
    fetching.fetch(card, folder);
    Path file = folder.resolve("c.txt");
    byte[] damaged = C.clone();
    damaged[7] ^= 1;
    Files.write(file, damaged);
    assertThatThrownBy(() -> fetching.fetch(card, folder))
        .hasMessageStartingWith(file + ": is there already with another content");
    // Nobody noted anything: the size is all there is.
    Files.delete(folder.resolve("dataset.json"));
    assertThat(fetching.fetch(card, folder).files().get(2).presence())
        .isEqualTo(FetchedFile.Presence.THERE);
  }

  @Test
  void theProvenanceHasEverything() throws Exception {
    DatasetCard card = card("");
    fetching.options = FetchOptions.DEFAULTS.withOnly(List.of("c.txt"));
    FetchResult result = fetching.fetch(card, folder);
    assertThat(result.provenance()).isEqualTo(folder.resolve("dataset.json"));
    JsonNode first = json();
    assertThat(first.path("files")).hasSize(1);
    fetching.options = FetchOptions.DEFAULTS;
    fetching.fetch(card, folder);
    JsonNode json = json();
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("format", "title", "licence", "citation", "date", "card", "files");
    assertThat(json.path("licence").path("name").textValue()).isEqualTo("Toy licence 1.0");
    assertThat(json.path("licence").path("accepted").textValue()).isEqualTo("2026-11-26T10:00:00Z");
    assertThat(json.path("citation").path(0).textValue()).isEqualTo("Nobody (2026). Nothing.");
    assertThat(json.path("date").textValue()).isEqualTo("2026-11-26T10:00:00Z");
    assertThat(json.path("card").path("id").textValue()).isEqualTo("toy");
    JsonNode files = json.path("files");
    assertThat(files)
        .extracting(f -> f.path("path").textValue())
        .containsExactly("c.txt", "sub-01/a.edf", "sub-01/deep/b.edf");
    JsonNode c = files.path(0);
    assertThat(c.path("sha256").textValue()).isEqualTo(Fetching.sha256(C));
    assertThat(c.path("bytes").intValue()).isEqualTo(3000);
    assertThat(c.path("address").textValue()).isEqualTo(publisher.address("/c").toString());
    assertThat(c.path("checkedAgainst").textValue())
        .isEqualTo("its size only: no checksum is published");
    assertThat(files.path(1).path("checkedAgainst").textValue()).isEqualTo("SHA-256 of the card");
  }

  private JsonNode json() throws IOException {
    return Json.parse(Files.readString(folder.resolve("dataset.json")), "dataset.json");
  }

  @Test
  void whatWasFetchedBeforeAFailureIsNoted() throws Exception {
    DatasetCard card = card("");
    publisher.on("/b", FakePublisher.status(404));
    assertThatThrownBy(() -> fetching.fetch(card, folder)).hasMessageContaining("(404)");
    assertThat(json().path("files"))
        .extracting(f -> f.path("path").textValue())
        .containsExactly("sub-01/a.edf");
  }

  @Test
  void aFolderHoldsOneDataSet() throws Exception {
    fetching.fetch(card(""), folder);
    String text = Files.readString(folder.resolve("dataset.json"));
    Files.writeString(folder.resolve("dataset.json"), text.replace("\"toy\"", "\"other\""));
    assertThatThrownBy(() -> fetching.fetch(card(""), folder))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            folder + ": the folder holds the data set other, not toy; choose another with --out");
    Files.writeString(folder.resolve("dataset.json"), "{}");
    assertThatThrownBy(() -> fetching.fetch(card(""), folder))
        .isInstanceOf(InputException.class)
        .hasMessage(
            folder.resolve("dataset.json")
                + ": is not written by this program (format must be efferent-dataset/1); move it"
                + " away");
  }

  @Test
  void roomIsLookedForBeforeTheFirstByte() {
    DatasetCard card = card("");
    fetching.freeSpace = place -> (64L << 20) + 5999;
    assertThatThrownBy(() -> fetching.fetch(card, folder))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            folder
                + ": has room for 6.00 kB (67.1 MB are left free), 6.00 kB are needed; choose"
                + " another disk with --out, or less with --only");
    assertThat(publisher.seen()).isEmpty();
  }

  @Test
  void whereNoSizeIsKnownThatOfTheWholeSetCounts() {
    String list = Fetching.sha256(A) + "  a\n";
    publisher.on("/d/S", FakePublisher.text(list));
    DatasetCard card =
        CardReader.read(
            Fetching.card(
                    "{\"kind\": \"sha256sums\", \"base\": \"%s\", \"list\": \"S\"}"
                        .formatted(publisher.address("/d/")),
                    "")
                .text()
                .replace("\"bytes\": null", "\"bytes\": 5000000000"),
            "toy.json");
    fetching.freeSpace = place -> 4_000_000_000L;
    assertThatThrownBy(() -> fetching.fetch(card, folder))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("5.00 GB are needed");
    assertThat(publisher.seen()).hasSize(1);
  }

  @Test
  void aHostileListingWritesNothing() {
    publisher.on(
        "/d/S",
        FakePublisher.text(
            "%s  good\n%s  ../../evil\n".formatted(Fetching.sha256(A), Fetching.sha256(A))));
    DatasetCard card =
        Fetching.card(
            "{\"kind\": \"sha256sums\", \"base\": \"%s\", \"list\": \"S\"}"
                .formatted(publisher.address("/d/")),
            "");
    Path inside = folder.resolve("x/y");
    assertThatThrownBy(() -> fetching.fetch(card, inside)).isInstanceOf(InputException.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whoWatchesSeesEverything() throws Exception {
    List<String> seen = new ArrayList<>();
    fetching.listener =
        new FetchListener() {
          @Override
          public void progress(RemoteFile file, long bytes, long fileBytes) {
            if (bytes == fileBytes) {
              seen.add(file.path() + " " + bytes);
            }
          }

          @Override
          public void done(FetchedFile file) {
            seen.add(file.file().path() + " done");
          }
        };
    fetching.fetch(card(""), folder);
    assertThat(seen)
        .containsExactly(
            "sub-01/a.edf 1000",
            "sub-01/a.edf done",
            "sub-01/deep/b.edf 2000",
            "sub-01/deep/b.edf done",
            "c.txt 3000",
            "c.txt done");
  }

  private static DatasetCard byHand() {
    return Fetching.card(
        "{\"kind\": \"manual\", \"steps\": [\"Open the page.\", \"Give this command again.\"]}",
        "\"files\": [{\"path\": \"a.edf\", \"bytes\": 1000, \"sha256\": \"%s\", \"verified\": true}]"
            .formatted(Fetching.sha256(A)));
  }

  @Test
  void whatAUserDownloadsByHandIsNoted() throws Exception {
    assertThatThrownBy(() -> fetching.fetch(byHand(), folder))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "toy: its publisher lets no program download it, and nothing lies in "
                + folder
                + "; Open the page. Give this command again.");
    Files.write(folder.resolve("a.edf"), A);
    Files.createDirectories(folder.resolve("sub"));
    Files.write(folder.resolve("sub/b.mat"), B);
    FetchResult result = fetching.fetch(byHand(), folder);
    assertThat(result.downloaded()).isZero();
    assertThat(result.files())
        .extracting(f -> f.file().path() + ": " + f.checkedAgainst())
        .containsExactly(
            "a.edf: SHA-256 of the card",
            "sub/b.mat: nothing: neither size nor checksum is published");
    assertThat(json().path("files").path(1).path("sha256").textValue())
        .isEqualTo(Fetching.sha256(B));
    // A second time its own note is not taken for a file of the data set.
    assertThat(fetching.fetch(byHand(), folder).files()).hasSize(2);
    Files.write(folder.resolve("a.edf"), B);
    assertThatThrownBy(() -> fetching.fetch(byHand(), folder))
        .isInstanceOf(InputException.class)
        .hasMessage(
            folder.resolve("a.edf")
                + ": its SHA-256 is "
                + Fetching.sha256(B)
                + ", but the card says "
                + Fetching.sha256(A)
                + "; download it again");
  }

  @Test
  void optionsAreChecked() {
    assertThatThrownBy(() -> FetchOptions.DEFAULTS.withAll(true).withOnly(List.of("x")))
        .hasMessage("all and only exclude each other; only=[x]");
    assertThatThrownBy(() -> FetchOptions.DEFAULTS.withLimits(0, 1))
        .hasMessage("mostFiles and mostFileBytes must be at least 1; mostFiles=0, mostFileBytes=1");
    assertThatThrownBy(() -> WebOptions.DEFAULTS.withStall(java.time.Duration.ZERO))
        .hasMessageStartingWith("connect, stall and firstPause must be positive; ");
    assertThat(new LicenceAcceptance("a", "b", Instant.EPOCH).dataset()).isEqualTo("a");
  }

  @Test
  void aTokenThatIsNoneIsRefusedWithoutBeingShown() {
    fetching.variables.put("EFFERENT_TOKEN_TOY", "secr\u00e9t\n");
    DatasetCard card =
        Fetching.card(
            "{\"kind\": \"manual\", \"steps\": [\"x\"]}",
            "\"access\": {\"variable\": \"EFFERENT_TOKEN_TOY\", \"required\": true, \"how\": \"y\"}");
    assertThatThrownBy(() -> fetching.of(card, folder))
        .isInstanceOf(UsageException.class)
        .hasMessage("EFFERENT_TOKEN_TOY must be a token of plain characters; it is not");
    fetching.variables.put("HOME", "/home/somebody");
    assertThat(fetching.environment().variables()).containsOnlyKeys("EFFERENT_TOKEN_TOY");
    assertThat(fetching.environment().toString())
        .isEqualTo("FetchEnvironment[tokens=[EFFERENT_TOKEN_TOY]]");
    assertThat(new Web.Token(publisher.address("/x"), "secret").toString())
        .isEqualTo("a token for 127.0.0.1");
  }
}
