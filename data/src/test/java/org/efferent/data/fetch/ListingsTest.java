package org.efferent.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.core.StreamException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What publishers say that they have, in their own words. */
class ListingsTest {
  private static final String SHA = "ab".repeat(32);
  private static final String MD5 = "cd".repeat(16);
  private static final String SHA1 = "ef".repeat(20);

  private final FakePublisher publisher = new FakePublisher();
  private final Fetching fetching = new Fetching();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    publisher.close();
  }

  private List<RemoteFile> list(DatasetCard card) throws InterruptedException {
    return fetching.of(card, folder).list().selected();
  }

  private String where(String target) {
    return "the listing at " + publisher.address(target);
  }

  private static Optional<Checksum> sum(Checksum.Algorithm algorithm, String hex) {
    return Optional.of(new Checksum(algorithm, hex));
  }

  // PhysioNet

  private DatasetCard sums(String more) {
    return Fetching.card(
        "{\"kind\": \"sha256sums\", \"base\": \"%s\", \"list\": \"SHA256SUMS.txt\"}"
            .formatted(publisher.address("/files/toy/1.0/")),
        more);
  }

  @Test
  void aListOfSums() throws Exception {
    publisher.on(
        "/files/toy/1.0/SHA256SUMS.txt",
        FakePublisher.text(SHA + "  S001/S001R03.edf\n" + SHA + " *./a b.txt\n\n"));
    assertThat(list(sums("")))
        .containsExactly(
            new RemoteFile(
                "S001/S001R03.edf",
                publisher.address("/files/toy/1.0/S001/S001R03.edf"),
                -1,
                sum(Checksum.Algorithm.SHA256, SHA),
                "SHA256SUMS.txt"),
            new RemoteFile(
                "a b.txt",
                publisher.address("/files/toy/1.0/a%20b.txt"),
                -1,
                sum(Checksum.Algorithm.SHA256, SHA),
                "SHA256SUMS.txt"));
  }

  @Test
  void aListOfSumsThatIsNone() {
    publisher.on("/files/toy/1.0/SHA256SUMS.txt", FakePublisher.text("<html>Not today</html>\n"));
    assertThatThrownBy(() -> list(sums("")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            where("/files/toy/1.0/SHA256SUMS.txt")
                + " has no sum and name in line 1: \"<html>Not today</html>\"; the publisher may"
                + " have changed its pages: look for a newer Efferent");
    publisher.on("/files/toy/1.0/SHA256SUMS.txt", FakePublisher.text(SHA + "  ../../x\n"));
    assertThatThrownBy(() -> list(sums("")))
        .hasMessageStartingWith("SHA256SUMS.txt: the name of a file must be a relative path");
  }

  @Test
  void whatTheCardVouchesForMustAgree() throws Exception {
    String file =
        "\"files\": [{\"path\": \"x\", \"bytes\": 7, \"sha256\": \"%s\", \"verified\": true}]";
    publisher.on("/files/toy/1.0/SHA256SUMS.txt", FakePublisher.text(SHA + "  x\n"));
    // The card adds the size that the list of sums does not have.
    assertThat(list(sums(file.formatted(SHA))).get(0).bytes()).isEqualTo(7);
    String other = "00".repeat(32);
    assertThatThrownBy(() -> list(sums(file.formatted(other))))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "x: the publisher's list says SHA-256 "
                + SHA
                + ", the card says "
                + other
                + "; the file was changed, or somebody meddles with it: nothing was downloaded,"
                + " look at the publisher's page");
  }

  @Test
  void aListingIsAskedForAgainAndHasLimits() throws Exception {
    publisher.on(
        "/files/toy/1.0/SHA256SUMS.txt",
        FakePublisher.status(502),
        FakePublisher.text(SHA + "  x\n" + SHA + "  y\n"));
    assertThat(list(sums(""))).hasSize(2);
    assertThat(fetching.pauses).hasSize(1);
    fetching.options = FetchOptions.DEFAULTS.withLimits(1, 1000);
    assertThatThrownBy(() -> list(sums("")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "the listing at 127.0.0.1 has more than 1 files; nothing was downloaded, a narrower"
                + " card is needed");
    publisher.on("/files/toy/1.0/SHA256SUMS.txt", FakePublisher.status(404));
    assertThatThrownBy(() -> list(sums("")))
        .isInstanceOf(StreamException.class)
        .hasMessage(
            where("/files/toy/1.0/SHA256SUMS.txt")
                + ": the publisher does not have it (404); see https://example.org/toy");
  }

  @Test
  void anEndlessListingEnds() {
    publisher.on(
        "/files/toy/1.0/SHA256SUMS.txt",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] block = new byte[1 << 20];
          for (int i = 0; i < 100; i++) {
            exchange.getResponseBody().write(block);
          }
        });
    assertThatThrownBy(() -> list(sums("")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            where("/files/toy/1.0/SHA256SUMS.txt")
                + " has more than 67.1 MB, which no listing needs; tell the publisher");
  }

  // Open Science Framework

  private DatasetCard osf(String... nodes) {
    return Fetching.card(
        "{\"kind\": \"osf\", \"api\": \"%s\", \"nodes\": [\"%s\"]}"
            .formatted(publisher.address("/v2"), String.join("\", \"", nodes)),
        "");
  }

  private static String osfTarget(String node) {
    return "/v2/nodes/" + node + "/files/osfstorage/?page%5Bsize%5D=100";
  }

  private String osfFile(String path, Object size, String hashes) {
    return """
    {"id": "x", "attributes": {"kind": "file", "materialized_path": "%s", "size": %s, "extra": {"hashes": {%s}}},
     "links": {"download": "%s"}}
    """
        .formatted(path, size, hashes, publisher.address("/download" + path.replace(" ", "")));
  }

  private String osfFolder(String address) {
    return """
    {"attributes": {"kind": "folder", "materialized_path": "/f/"},
     "relationships": {"files": {"links": {"related": {"href": "%s"}}}}}
    """
        .formatted(address);
  }

  private static FakePublisher.Answer osfPage(String next, String... entries) {
    return FakePublisher.text(
        "{\"data\": [%s], \"links\": {\"next\": %s}}"
            .formatted(String.join(",", entries), next.isEmpty() ? "null" : "\"" + next + "\""));
  }

  @Test
  void osfHasFoldersPagesAndComponents() throws Exception {
    publisher.on(
        osfTarget("aaaaa"),
        osfPage(
            publisher.address("/v2/page2").toString(),
            osfFolder(publisher.address("/v2/folder").toString()),
            osfFile("/top.tsv", 12, "\"md5\": \"" + MD5 + "\"")));
    publisher.on("/v2/page2", osfPage("", osfFile("/second.tsv", 13, "")));
    publisher.on(
        "/v2/folder",
        osfPage(
            "",
            osfFile("/f/x y.con", 14, "\"sha256\": \"" + SHA + "\", \"md5\": \"" + MD5 + "\"")));
    publisher.on(
        osfTarget("bbbbb"),
        osfPage("", osfFile("/top.tsv", 99, ""), osfFile("/own.tsv", "null", "")));
    List<RemoteFile> files = list(osf("aaaaa", "bbbbb"));
    assertThat(files)
        .extracting(RemoteFile::path)
        .containsExactly("top.tsv", "second.tsv", "f/x y.con", "own.tsv");
    assertThat(files).extracting(RemoteFile::bytes).containsExactly(12L, 13L, 14L, -1L);
    assertThat(files)
        .extracting(RemoteFile::checksum)
        .containsExactly(
            sum(Checksum.Algorithm.MD5, MD5),
            Optional.empty(),
            sum(Checksum.Algorithm.SHA256, SHA),
            Optional.empty());
    assertThat(files.get(2).address()).isEqualTo(publisher.address("/download/f/xy.con"));
    assertThat(files).extracting(RemoteFile::checksumFrom).contains("127.0.0.1", "");
  }

  @Test
  void osfThatLeadsAwayOrInCirclesIsNotFollowed() throws Exception {
    publisher.on(osfTarget("aaaaa"), osfPage("https://evil.example.org/v2"));
    assertThatThrownBy(() -> list(osf("aaaaa")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            where("/v2/nodes/aaaaa/files/osfstorage/")
                + " goes on at another server, \"https://evil.example.org/v2\"; nothing was"
                + " downloaded, tell the publisher");
    publisher.on(
        osfTarget("aaaaa"),
        osfPage(
            publisher.address(osfTarget("aaaaa")).toString(),
            osfFolder(publisher.address(osfTarget("aaaaa")).toString()),
            osfFile("/x", 1, "")));
    assertThat(list(osf("aaaaa"))).hasSize(1);
    publisher.on(osfTarget("aaaaa"), osfPage("", osfFile("/../../x", 1, "")));
    assertThatThrownBy(() -> list(osf("aaaaa")))
        .hasMessageContaining("\"../../x\" has an empty part, \".\" or \"..\"");
    publisher.on(
        osfTarget("aaaaa"),
        osfPage("", osfFile("/x", 1, "").replace("http://127.0.0.1", "http://example.org")));
    assertThatThrownBy(() -> list(osf("aaaaa")))
        .hasMessageContaining(": download of x must be an address that begins with https://; ");
    publisher.on(osfTarget("aaaaa"), FakePublisher.text("{}"));
    assertThatThrownBy(() -> list(osf("aaaaa"))).hasMessageContaining(" has no list \"data\"; ");
    publisher.on(osfTarget("aaaaa"), FakePublisher.text("{\"data\": ["));
    assertThatThrownBy(() -> list(osf("aaaaa")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(": is not JSON: line 1: ");
    publisher.on(osfTarget("aaaaa"), osfPage("", osfFile("/x", 1, "\"sha256\": \"short\"")));
    assertThatThrownBy(() -> list(osf("aaaaa")))
        .hasMessage("a checksum of SHA-256 has 64 hexadecimal digits; checksum=\"short\"");
  }

  // OpenNeuro

  private DatasetCard s3() {
    return Fetching.card(
        "{\"kind\": \"s3\", \"bucket\": \"%s\", \"prefix\": \"ds1/\"}"
            .formatted(publisher.address("/bucket")),
        "");
  }

  private static final String S3 = "/bucket?list-type=2&prefix=ds1%2F";

  private static String s3Object(String key, Object size, String tag) {
    return "<Contents><Key>%s</Key><ETag>&quot;%s&quot;</ETag><Size>%s</Size></Contents>"
        .formatted(key, tag, size);
  }

  private static FakePublisher.Answer s3Page(String next, String... objects) {
    return FakePublisher.text(
        "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
            + "<IsTruncated>"
            + !next.isEmpty()
            + "</IsTruncated>"
            + (next.isEmpty() ? "" : "<NextContinuationToken>" + next + "</NextContinuationToken>")
            + String.join("", objects)
            + "</ListBucketResult>");
  }

  @Test
  void aBucketHasPagesFoldersAndTagsThatAreNoSums() throws Exception {
    publisher.on(
        S3,
        s3Page(
            "a+b/c",
            s3Object("ds1/", 0, MD5),
            s3Object("ds1/sub/", 0, MD5),
            s3Object("ds1/a &amp; b#1.fif", 5, MD5)));
    publisher.on(
        S3 + "&continuation-token=a%2Bb%2Fc", s3Page("", s3Object("ds1/big.fif", 7, MD5 + "-3")));
    List<RemoteFile> files = list(s3());
    assertThat(files)
        .containsExactly(
            new RemoteFile(
                "a & b#1.fif",
                publisher.address("/bucket/ds1/a%20%26%20b%231.fif"),
                5,
                sum(Checksum.Algorithm.MD5, MD5),
                "127.0.0.1 (ETag)"),
            new RemoteFile(
                "big.fif", publisher.address("/bucket/ds1/big.fif"), 7, Optional.empty(), ""));
  }

  @Test
  void aHostileBucketIsRefused() {
    publisher.on(
        S3,
        FakePublisher.text(
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><ListBucketResult><Contents>"
                + "<Key>ds1/&e;</Key><Size>1</Size></Contents></ListBucketResult>"));
    assertThatThrownBy(() -> list(s3()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(where("/bucket"));
    publisher.on(
        S3,
        FakePublisher.text(
            "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
                + "<ListBucketResult><Contents><Key>ds1/&b;</Key><Size>1</Size></Contents>"
                + "</ListBucketResult>"));
    assertThatThrownBy(() -> list(s3())).isInstanceOf(InputException.class);
    publisher.on(S3, s3Page("", s3Object("ds1/../../x", 1, MD5)));
    assertThatThrownBy(() -> list(s3())).hasMessageContaining("\"../../x\" has an empty part");
    publisher.on(S3, s3Page("", s3Object("other/x", 1, MD5)));
    assertThatThrownBy(() -> list(s3()))
        .hasMessageContaining(" has an object without size or of another prefix: \"other/x\"; ");
    publisher.on(S3, s3Page("", s3Object("ds1/x", -1, MD5)));
    assertThatThrownBy(() -> list(s3())).hasMessageContaining(" has an object without size");
    publisher.on(S3, FakePublisher.text("<html/>"));
    assertThatThrownBy(() -> list(s3())).hasMessageContaining(" is not the list of a bucket; ");
    publisher.on(S3, FakePublisher.text("<ListBucketResult>"));
    assertThatThrownBy(() -> list(s3())).hasMessageContaining(" is not well-formed XML; ");
    publisher.on(
        S3,
        FakePublisher.text("<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"));
    assertThatThrownBy(() -> list(s3()))
        .hasMessageContaining(" is cut off and does not say how to go on; ");
  }

  // Dryad

  private DatasetCard dryad() {
    return Fetching.card(
        "{\"kind\": \"dryad\", \"api\": \"%s\", \"doi\": \"10.5061/dryad.toy\"}"
            .formatted(publisher.address("/api/v2")),
        """
        "access": {"variable": "EFFERENT_TOKEN_TOY", "required": true, "how": "get a token"}
        """);
  }

  private static final String DRYAD = "/api/v2/datasets/doi%3A10.5061%2Fdryad.toy";

  @Test
  void dryadHasVersionsAndDigests() throws Exception {
    publisher.on(
        DRYAD,
        FakePublisher.text(
            "{\"_links\": {\"stash:version\": {\"href\": \"/api/v2/versions/9\"}}}"));
    publisher.on(
        "/api/v2/versions/9/files?per_page=100",
        FakePublisher.text(
            """
            {"_links": {"next": {"href": "/api/v2/versions/9/files?page=2"}}, "_embedded": {"stash:files": [
             {"path": "Natural Speech.zip", "size": 10, "digest": "%s", "digestType": "sha-256",
              "_links": {"stash:download": {"href": "/api/v2/files/1/download"}}},
             {"path": "README.txt", "size": 11, "digest": "%s", "digestType": "md5",
              "_links": {"self": {"href": "/api/v2/files/2"}}}]}}
            """
                .formatted(SHA, MD5)));
    publisher.on(
        "/api/v2/versions/9/files?page=2",
        FakePublisher.text(
            """
            {"_embedded": {"stash:files": [{"path": "x", "digest": "1", "digestType": "adler-32",
              "_links": {"self": {"href": "/api/v2/files/3"}}}]}}
            """));
    assertThat(list(dryad()))
        .containsExactly(
            new RemoteFile(
                "Natural Speech.zip",
                publisher.address("/api/v2/files/1/download"),
                10,
                sum(Checksum.Algorithm.SHA256, SHA),
                "127.0.0.1"),
            new RemoteFile(
                "README.txt",
                publisher.address("/api/v2/files/2/download"),
                11,
                sum(Checksum.Algorithm.MD5, MD5),
                "127.0.0.1"),
            new RemoteFile(
                "x", publisher.address("/api/v2/files/3/download"), -1, Optional.empty(), ""));
  }

  @Test
  void aTokenGoesToItsServerAndToNoOther() throws Exception {
    byte[] content = "data".getBytes(StandardCharsets.UTF_8);
    publisher.on(
        DRYAD,
        FakePublisher.text(
            "{\"_links\": {\"stash:version\": {\"href\": \"/api/v2/versions/9\"}}}"));
    publisher.on(
        "/api/v2/versions/9/files?per_page=100",
        FakePublisher.text(
            """
            {"_embedded": {"stash:files": [{"path": "x", "size": 4,
              "_links": {"stash:download": {"href": "/api/v2/files/1/download"}}}]}}
            """));
    publisher.on(
        "/api/v2/files/1/download", FakePublisher.redirect(302, publisher.otherOrigin("/store")));
    publisher.on("/store", FakePublisher.content(content, ""));
    fetching.variables.put("EFFERENT_TOKEN_TOY", "s3cret");
    fetching.fetch(dryad(), folder);
    assertThat(publisher.seen())
        .extracting(seen -> seen.target() + " " + seen.header("Authorization"))
        .containsExactly(
            DRYAD + " Bearer s3cret",
            "/api/v2/versions/9/files?per_page=100 Bearer s3cret",
            "/api/v2/files/1/download Bearer s3cret",
            "/store ");
  }

  @Test
  void withoutATokenItIsSaidHowToGetOne() {
    publisher.on(DRYAD, FakePublisher.status(401));
    assertThatThrownBy(() -> list(dryad()))
        .isInstanceOf(StreamException.class)
        .hasMessage(where(DRYAD) + ": the publisher refuses it (401); get a token");
    publisher.on(DRYAD, FakePublisher.text("{}"));
    assertThatThrownBy(() -> list(dryad())).hasMessageContaining(" names no version; ");
  }

  // Hugging Face

  private DatasetCard hub() {
    return Fetching.card(
        "{\"kind\": \"huggingface\", \"hub\": \"%s\", \"repository\": \"a/B\", \"revision\": \"main\"}"
            .formatted(publisher.address("")),
        "");
  }

  @Test
  void theHubHasLargeAndSmallFilesAndPages() throws Exception {
    URI second = publisher.address("/api/datasets/a/B/tree/main?cursor=2");
    publisher.on(
        "/api/datasets/a/B/tree/main?recursive=true",
        exchange -> {
          exchange.getResponseHeaders().set("Link", "<" + second + ">; rel=\"next\"");
          FakePublisher.text(
                  """
                  [{"type": "directory", "path": "S1", "oid": "%s"},
                   {"type": "file", "path": "S1/x.h5", "size": 9, "oid": "%s", "lfs": {"oid": "%s", "size": 9}}]
                  """
                      .formatted(SHA1, SHA1, SHA))
              .to(exchange);
        });
    publisher.on(
        "/api/datasets/a/B/tree/main?cursor=2",
        FakePublisher.text(
            "[{\"type\": \"file\", \"path\": \"README.md\", \"size\": 3, \"oid\": \"%s\"}]"
                .formatted(SHA1)));
    assertThat(list(hub()))
        .containsExactly(
            new RemoteFile(
                "S1/x.h5",
                publisher.address("/datasets/a/B/resolve/main/S1/x.h5"),
                9,
                sum(Checksum.Algorithm.SHA256, SHA),
                "127.0.0.1"),
            new RemoteFile(
                "README.md",
                publisher.address("/datasets/a/B/resolve/main/README.md"),
                3,
                sum(Checksum.Algorithm.GIT_BLOB, SHA1),
                "127.0.0.1"));
  }

  @Test
  void aModelOfTheHubHasOtherAddresses() throws Exception {
    byte[] weights = {8, 9, 58, 0};
    String sum = java.util.HexFormat.of().formatHex(sha256(weights));
    publisher.on(
        "/api/models/a/B/tree/v%201?recursive=true",
        FakePublisher.text(
            """
            [{"type": "file", "path": "onnx/model.onnx", "size": 4, "oid": "%s", "lfs": {"oid": "%s", "size": 4}},
             {"type": "file", "path": "onnx/model_int8.onnx", "size": 4, "oid": "%s"}]
            """
                .formatted(SHA1, sum, SHA1)));
    publisher.on("/a/B/resolve/v%201/onnx/model.onnx", FakePublisher.content(weights, ""));
    DatasetCard model =
        Fetching.card(
            "{\"kind\": \"huggingface\", \"type\": \"model\", \"hub\": \"%s\", \"repository\": \"a/B\", \"revision\": \"v 1\"}"
                .formatted(publisher.address("")),
            "\"select\": [\"config.json\", \"onnx/model.onnx\"]");

    FetchResult result = fetching.fetch(model, folder);

    assertThat(result.files()).hasSize(1);
    assertThat(result.files().get(0).checkedAgainst()).isEqualTo("SHA-256 of 127.0.0.1");
    assertThat(folder.resolve("onnx/model.onnx")).hasBinaryContent(weights);
  }

  private static byte[] sha256(byte[] content) throws java.security.NoSuchAlgorithmException {
    return java.security.MessageDigest.getInstance("SHA-256").digest(content);
  }

  @Test
  void gitsNameOfAFileIsChecked() throws Exception {
    byte[] content = "hello\n".getBytes(StandardCharsets.UTF_8);
    // What `git hash-object` says of these six bytes.
    String name = "ce013625030ba8dba906f756967f9e9ca394464a";
    publisher.on(
        "/api/datasets/a/B/tree/main?recursive=true",
        FakePublisher.text(
            "[{\"type\": \"file\", \"path\": \"x\", \"size\": 6, \"oid\": \"%s\"}]"
                .formatted(name)));
    publisher.on("/datasets/a/B/resolve/main/x", FakePublisher.content(content, ""));
    FetchResult result = fetching.fetch(hub(), folder);
    assertThat(result.files().get(0).checkedAgainst()).isEqualTo("git blob of 127.0.0.1");
    publisher.on("/datasets/a/B/resolve/main/x", FakePublisher.text("hullo\n"));
    assertThatThrownBy(() -> fetching.fetch(hub(), folder.resolve("other")))
        .hasMessageContaining("but 127.0.0.1 says " + name);
  }

  @Test
  void aHubThatIsNone() {
    publisher.on(
        "/api/datasets/a/B/tree/main?recursive=true", FakePublisher.text("{\"error\": 1}"));
    assertThatThrownBy(() -> list(hub())).hasMessageContaining(" is not a list; ");
  }
}
