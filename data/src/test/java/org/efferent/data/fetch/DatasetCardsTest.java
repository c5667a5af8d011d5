package org.efferent.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.Sha256;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The cards that come with Efferent, and what is asked of a card. */
class DatasetCardsTest {
  private static final String TOY =
      Fetching.card("{\"kind\": \"manual\", \"steps\": [\"x\"]}", "").text();

  @TempDir private Path folder;

  static Stream<DatasetCard> cards() {
    return DatasetCards.builtIn().stream();
  }

  @ParameterizedTest
  @MethodSource("cards")
  void everyCardSaysWhatItMust(DatasetCard card) {
    assertThat(DatasetCards.IDS).contains(card.id());
    assertThat(card.citation())
        .isNotEmpty()
        .allMatch(work -> work.matches(".*\\b(19|20)\\d\\d\\b.*"));
    assertThat(card.licence().asks()).endsWith(".");
    assertThat(card.page()).hasScheme("https");
    assertThat(card.licence().address()).hasScheme("https");
    // Nothing was asked over the network when the cards were written, and they say so.
    assertThat(card.addressesVerified()).isFalse();
    for (DatasetCard.CardFile file : card.files()) {
      file.address().ifPresent(address -> assertThat(address).hasScheme("https"));
      assertThat(file.checksum()).as(file.path()).isPresent();
    }
    assertThat(card.text()).doesNotContain("http://");
    assertThat(card.source().host()).isNotEmpty();
    if (card.size().bytes() < 0) {
      assertThat(card.size().shown()).isEqualTo("unknown");
    }
  }

  @Test
  void theDataSetsOfTheFieldAreThere() {
    assertThat(DatasetCards.IDS)
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
            "whisper-base");
    assertThat(DatasetCards.named("eegmmidb").size().shown())
        .isEqualTo("3.40 GB (as the publisher says; not measured here)");
    assertThat(DatasetCards.named("flint-run1").size().shown()).isEqualTo("692 kB");
    assertThatThrownBy(() -> DatasetCards.named("../x"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "there is no data set or model \"../x\"; there are eegmmidb, flint-run1, things-eeg2,"
                + " things-meg, meg-masc, broderick, brennan, libribrain, clip-vit-l14, dinov2-base,"
                + " wav2vec2-base, wav2vec2-xlsr, whisper-base; a card of your own is named by --card FILE");
  }

  @Test
  void noCardLiesThereUnlisted() throws Exception {
    Path cards = Path.of("src/main/resources/org/efferent/data/fetch/cards");
    try (Stream<Path> files = Files.list(cards)) {
      assertThat(files.map(p -> p.getFileName().toString().replace(".json", "")))
          .containsExactlyInAnyOrderElementsOf(DatasetCards.IDS);
    }
  }

  @ParameterizedTest
  @CsvSource({"eegmmidb, data/eegmmidb/, 1", "flint-run1, data/kinematics/flint_, 1"})
  void whatCardsVouchForIsWhatWeHave(String id, String where, int from) {
    for (DatasetCard.CardFile file : DatasetCards.named(id).files()) {
      String name = file.path().substring(file.path().lastIndexOf('/') + from);
      Path copy =
          Path.of(System.getProperty("efferent.root"), "..", "shared", where + name).normalize();
      Assumptions.assumeTrue(Files.exists(copy), "needs ../shared/" + where + name);
      assertThat(file.checksum().orElseThrow().hex()).isEqualTo(Sha256.of(copy));
      assertThat(copy).hasSize(file.bytes());
    }
  }

  @Test
  void aCardOfAUserIsRead() throws Exception {
    Path file = folder.resolve("mine.json");
    Files.writeString(file, TOY);
    assertThat(DatasetCards.read(file).id()).isEqualTo("toy");
    assertThatThrownBy(() -> DatasetCards.read(folder.resolve("none.json")))
        .isInstanceOf(InputException.class);
    Files.writeString(file, "not a card");
    assertThatThrownBy(() -> DatasetCards.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("mine.json: is not JSON: line 1: ");
    Files.writeString(file, "[]");
    assertThatThrownBy(() -> DatasetCards.read(file))
        .hasMessage("mine.json: a card must be a JSON object; docs/DATASETS.md has an example");
    Files.write(file, new byte[] {'"', (byte) 0xff, '"'});
    assertThatThrownBy(() -> DatasetCards.read(file)).isInstanceOf(InputException.class);
  }

  @Test
  void theExampleOfTheDocumentationIsACard() throws Exception {
    String page =
        Files.readString(Path.of(System.getProperty("efferent.root"), "docs", "DATASETS.md"));
    String example = page.substring(page.indexOf("```json") + 7);
    DatasetCard card = CardReader.read(example.substring(0, example.indexOf("```")), "example");
    assertThat(card.files()).hasSize(1);
    for (String id : DatasetCards.IDS) {
      assertThat(page).contains("| `" + id + "` |");
    }
  }

  private static void refused(String from, String to, String message) {
    assertThat(TOY).contains(from);
    assertThatThrownBy(() -> CardReader.read(TOY.replace(from, to), "toy.json"))
        .isInstanceOf(InputException.class)
        .hasMessage("toy.json: " + message);
  }

  @Test
  void whatIsWrongInACardIsNamed() {
    refused(
        "card/1",
        "card/2",
        "format must be \"efferent-dataset-card/1\"; format=efferent-dataset-card/2");
    refused("\"toy\"", "\"../toy\"", "id must be a word of a to z, 0 to 9 and -; id=../toy");
    refused("\"A toy\"", "\" \"", "title must be a text that is not empty; title=\" \"");
    refused("\"title\": \"A toy\", ", "", "title must be a text that is not empty; title=nothing");
    refused(
        "\"use\"",
        "\"uses\"",
        "uses is no field of a card; known here: format, id, title, description, publisher,"
            + " version, page, licence, citation, size, contents, use, checksums,"
            + " addressesVerified, access, source, files, select");
    refused(
        "https://example.org/licence",
        "http://example.org/licence",
        "licence.address must be an address that begins with https://;"
            + " address=\"http://example.org/licence\"");
    refused(
        "\"asks\": \"Nothing.\"",
        "\"asks\": 3",
        "licence.asks must be a text that is not empty; licence.asks=3");
    refused(
        "[\"Nobody (2026). Nothing.\"]",
        "[]",
        "citation must be a list of at least one work; citation=[]");
    refused(
        "[\"Nobody (2026). Nothing.\"]",
        "\"x\"",
        "citation must be a list of texts; citation=\"x\"");
    refused(
        "\"bytes\": null",
        "\"bytes\": -1",
        "size.bytes must be a number of bytes, or null if it is unknown; size.bytes=-1");
    refused(
        "\"addressesVerified\": false",
        "\"addressesVerified\": \"no\"",
        "addressesVerified must be true or false; addressesVerified=\"no\"");
    refused(
        "{\"kind\": \"manual\", \"steps\": [\"x\"]}",
        "{\"kind\": \"ftp\"}",
        "source.kind must be files, sha256sums, osf, s3, dryad, huggingface or manual;"
            + " source.kind=ftp");
    refused(
        "{\"kind\": \"manual\", \"steps\": [\"x\"]}",
        "{\"kind\": \"huggingface\", \"hub\": \"https://example.org\", \"repository\": \"a/B\","
            + " \"revision\": \"main\", \"type\": \"space\"}",
        "source.type must be dataset or model; source.type=space");
    refused(
        "{\"kind\": \"manual\", \"steps\": [\"x\"]}",
        "{\"kind\": \"files\"}",
        "files must be a list of at least one file, since source.kind is files; files=[]");
    refused(
        "{\"kind\": \"manual\", \"steps\": [\"x\"]}",
        "{\"kind\": \"sha256sums\", \"base\": \"https://example.org/x\", \"list\": \"S\"}",
        "source.base must be the address of a folder, with a slash at its end;"
            + " source.base=https://example.org/x");
  }

  private static void refusedFile(String file, String message) {
    assertThatThrownBy(() -> Fetching.files(file))
        .isInstanceOf(InputException.class)
        .hasMessage("toy.json: " + message);
  }

  @Test
  void whatIsWrongInAFileOfACardIsNamed() {
    refusedFile(
        "{\"path\": \"x\", \"verified\": true}",
        "files[0].address must be a text that is not empty; files[0].address=nothing");
    refusedFile(
        Fetching.file("x", "https://example.org/x", "\"sha256\": \"12\""),
        "files[0].sha256 must be 64 hexadecimal digits; files[0].sha256=12");
    refusedFile(
        Fetching.file("../x", "https://example.org/x", ""),
        "the name of a file must be a relative path that stays in its folder; \"../x\" has an empty"
            + " part, \".\" or \"..\"; nothing of it was written, tell the publisher");
    refusedFile(
        Fetching.file("x", "https://example.org/x", "\"sha1\": \"12\""),
        "files[0].sha1 is no field of a card; known here: path, address, bytes, sha256, md5,"
            + " verified");
  }

  /** A card from elsewhere must not be able to send, say, a cloud's keys to its own server. */
  @Test
  void aCardMayAskForNoOtherVariableThanATokenForFetch() {
    assertThatThrownBy(
            () ->
                Fetching.card(
                    "{\"kind\": \"manual\", \"steps\": [\"x\"]}",
                    "\"access\": {\"variable\": \"AWS_SECRET_ACCESS_KEY\", \"required\": true,"
                        + " \"how\": \"x\"}"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "toy.json: access.variable must be a name that begins with EFFERENT_TOKEN_;"
                + " access.variable=AWS_SECRET_ACCESS_KEY");
    assertThat(List.of("EFFERENT_TOKEN_DRYAD"))
        .contains(DatasetCards.named("broderick").access().orElseThrow().variable());
  }
}
