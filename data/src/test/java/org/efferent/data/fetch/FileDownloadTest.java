package org.efferent.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.efferent.core.EfferentException;
import org.efferent.core.InputException;
import org.efferent.core.StreamException;
import org.efferent.core.UnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file, and a server that does what servers do to downloads. */
class FileDownloadTest {
  private static final byte[] CONTENT = Fetching.bytes(300_000, 1);
  private static final String SHA = "\"sha256\": \"" + Fetching.sha256(CONTENT) + "\"";
  private static final String ETAG = "\"one\"";

  private final FakePublisher publisher = new FakePublisher();
  private final Fetching fetching = new Fetching();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    publisher.close();
  }

  private DatasetCard card(String more) {
    return Fetching.files(Fetching.file("sub/x.bin", publisher.address("/x"), more));
  }

  private FetchResult fetch(String more) throws InterruptedException {
    return fetching.fetch(card(more), folder);
  }

  private Path target() {
    return folder.resolve("sub/x.bin");
  }

  private Path part() {
    return folder.resolve("sub/x.bin.part");
  }

  private void nothingIsKept() {
    assertThat(target()).doesNotExist();
    assertThat(part()).doesNotExist();
    assertThat(folder.resolve("sub/x.bin.part.json")).doesNotExist();
  }

  /** A cut that comes once the client has got something on disk. */
  private FakePublisher.Answer cutOnceSomethingArrived(byte[] content, String etag) {
    CountDownLatch arrived = new CountDownLatch(1);
    FetchListener before = fetching.listener;
    fetching.listener =
        new FetchListener() {
          @Override
          public void progress(RemoteFile file, long bytes, long fileBytes) {
            arrived.countDown();
          }

          @Override
          public void remark(String text) {
            before.remark(text);
          }
        };
    return FakePublisher.cut(content, content.length / 2, etag, () -> await(arrived));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long rangeOf(FakePublisher.Seen seen) {
    assertThat(seen.header("Range")).matches("bytes=\\d+-");
    return Long.parseLong(seen.header("Range").replaceAll("\\D", ""));
  }

  @Test
  void aWholeFileComesAndIsChecked() throws Exception {
    publisher.on("/x", FakePublisher.content(CONTENT, ETAG));
    FetchResult result = fetch("\"bytes\": 300000, " + SHA);
    assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
    assertThat(result.counters()).isEqualTo(FetchCounters.NONE);
    assertThat(result.files().get(0).sha256().hex()).isEqualTo(Fetching.sha256(CONTENT));
    assertThat(result.files().get(0).checkedAgainst()).isEqualTo("SHA-256 of the card");
    assertThat(publisher.seen()).hasSize(1);
    assertThat(publisher.seen().get(0).header("User-Agent")).isEqualTo("Efferent");
    assertThat(part()).doesNotExist();
    assertThat(folder.resolve("sub/x.bin.part.json")).doesNotExist();
  }

  @Test
  void aCutInTheMiddleIsMendedByTheRest() throws Exception {
    publisher.on(
        "/x", cutOnceSomethingArrived(CONTENT, ETAG), FakePublisher.content(CONTENT, ETAG));
    FetchResult result = fetch(SHA);
    assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
    assertThat(publisher.seen()).hasSize(2);
    assertThat(rangeOf(publisher.seen().get(1))).isBetween(1L, 150_000L);
    assertThat(publisher.seen().get(1).header("If-Range")).isEqualTo(ETAG);
    assertThat(result.counters()).isEqualTo(new FetchCounters(1, 1, 0));
    assertThat(fetching.pauses).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void aLaterRunGoesOnWhereAnEarlierOneEnded() throws Exception {
    publisher.on("/x", cutOnceSomethingArrived(CONTENT, ETAG));
    fetching.options = onlyOnce();
    assertThatThrownBy(() -> fetch(""))
        .isInstanceOf(StreamException.class)
        .hasMessageStartingWith("sub/x.bin: gave up after 1 attempt: ")
        .hasMessageEndingWith("; give the command again later, what has arrived is kept");
    assertThat(target()).doesNotExist();
    long arrived = Files.size(part());
    assertThat(arrived).isPositive();
    publisher.on("/x", FakePublisher.content(CONTENT, ETAG));
    FetchResult result = fetch("");
    assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
    assertThat(rangeOf(publisher.seen().get(1))).isEqualTo(arrived);
    assertThat(result.counters()).isEqualTo(new FetchCounters(0, 1, 0));
  }

  private static FetchOptions onlyOnce() {
    WebOptions web = WebOptions.DEFAULTS;
    return FetchOptions.DEFAULTS.withWeb(
        new WebOptions(
            web.connect(), web.stall(), web.leastBytes(), 1, web.firstPause(), web.longestPause()));
  }

  /** Leaves a part as an earlier run would have, of which the server has said what it is of. */
  private void partIsThere(byte[] beginning, String validator, String checksum) throws IOException {
    Files.createDirectories(part().getParent());
    Files.write(part(), beginning);
    Files.writeString(
        folder.resolve("sub/x.bin.part.json"),
        Json.text(
            Json.parse(
                "{\"address\": \"%s\", \"validator\": %s, \"checksum\": \"%s\"}"
                    .formatted(publisher.address("/x"), quoted(validator), checksum),
                "a test")));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\\\"") + "\"";
  }

  private static byte[] half() {
    return Arrays.copyOf(CONTENT, 150_000);
  }

  @Test
  void aServerThatIgnoresRangesIsTakenFromTheBeginning() throws Exception {
    partIsThere(half(), ETAG, "");
    publisher.on("/x", FakePublisher.chunked(CONTENT));
    FetchResult result = fetch("");
    assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
    assertThat(rangeOf(publisher.seen().get(0))).isEqualTo(150_000);
    assertThat(result.counters()).isEqualTo(new FetchCounters(0, 0, 1));
    assertThat(fetching.remarks)
        .containsExactly(
            "sub/x.bin: begins anew: the server sends it from the beginning, or it has changed"
                + " there");
  }

  @Test
  void aFileThatHasChangedMeanwhileIsTakenWhole() throws Exception {
    partIsThere(half(), ETAG, "");
    byte[] changed = Fetching.bytes(300_000, 2);
    publisher.on("/x", FakePublisher.content(changed, "\"two\""));
    fetch("");
    assertThat(publisher.seen().get(0).header("If-Range")).isEqualTo(ETAG);
    assertThat(Files.readAllBytes(target())).isEqualTo(changed);
  }

  @Test
  void aServerThatGoesOnWithAnotherFileIsNotBelieved() throws Exception {
    partIsThere(half(), ETAG, "");
    byte[] changed = Fetching.bytes(300_000, 2);
    publisher.on(
        "/x",
        exchange -> {
          exchange.getResponseHeaders().set("ETag", "\"two\"");
          exchange.getResponseHeaders().set("Content-Range", "bytes 150000-299999/300000");
          exchange.sendResponseHeaders(206, 150_000);
          exchange.getResponseBody().write(changed, 150_000, 150_000);
        },
        FakePublisher.content(changed, "\"two\""));
    FetchResult result = fetch("");
    assertThat(Files.readAllBytes(target())).isEqualTo(changed);
    assertThat(publisher.seen().get(1).header("Range")).isEmpty();
    assertThat(result.counters().restarted()).isEqualTo(1);
  }

  @Test
  void anotherRangeThanAskedForIsNotWritten() throws Exception {
    partIsThere(half(), ETAG, "");
    publisher.on(
        "/x",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 100000-299999/300000");
          exchange.sendResponseHeaders(206, 200_000);
          exchange.getResponseBody().write(CONTENT, 100_000, 200_000);
        },
        FakePublisher.content(CONTENT, ETAG));
    fetch("");
    assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
    assertThat(fetching.remarks)
        .containsExactly("sub/x.bin: it sent another range than was asked for; trying again");
  }

  @Test
  void aPartOfWhichNothingIsKnownIsNotBuiltUpon() throws Exception {
    partIsThere(half(), "", ""); // neither validator nor checksum
    publisher.on("/x", FakePublisher.content(CONTENT, ETAG));
    fetch("");
    assertThat(publisher.seen().get(0).header("Range")).isEmpty();
    assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
  }

  @Test
  void aStateThatIsNoneIsNotBuiltUpon() throws Exception {
    partIsThere(half(), ETAG, "");
    Files.write(folder.resolve("sub/x.bin.part.json"), new byte[] {(byte) 0xff, '{', 0});
    publisher.on("/x", FakePublisher.content(CONTENT, ETAG));
    fetch("");
    assertThat(publisher.seen().get(0).header("Range")).isEmpty();
  }

  @Test
  void twoHalvesThatDoNotAddUpAreFetchedAnewOnce() throws Exception {
    byte[] stale = Fetching.bytes(150_000, 3);
    partIsThere(stale, "", "SHA-256 " + Fetching.sha256(CONTENT));
    publisher.on("/x", FakePublisher.content(CONTENT, ""));
    FetchResult result = fetch(SHA);
    assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
    assertThat(rangeOf(publisher.seen().get(0))).isEqualTo(150_000);
    assertThat(publisher.seen()).hasSize(2);
    assertThat(result.counters()).isEqualTo(new FetchCounters(0, 1, 1));
  }

  @Test
  void aPartThatIsWholeAlreadyIsOnlyChecked() throws Exception {
    partIsThere(CONTENT, ETAG, "SHA-256 " + Fetching.sha256(CONTENT));
    fetch("\"bytes\": 300000, " + SHA);
    assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
    assertThat(publisher.seen()).isEmpty();
  }

  @Test
  void aPartThatIsWholeWithoutAKnownSizeIsToldByTheServer() throws Exception {
    partIsThere(CONTENT, ETAG, "SHA-256 " + Fetching.sha256(CONTENT));
    publisher.on("/x", FakePublisher.content(CONTENT, ETAG)); // answers 416, bytes */300000
    fetch(SHA);
    assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
    assertThat(publisher.seen()).hasSize(1);
  }

  @Test
  void whatDoesNotAddUpIsNotKept() {
    byte[] forged = Fetching.bytes(300_000, 4);
    publisher.on("/x", FakePublisher.content(forged, ETAG));
    assertThatThrownBy(() -> fetch("\"bytes\": 300000, " + SHA))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "sub/x.bin: its SHA-256 is "
                + Fetching.sha256(forged)
                + ", but the card says "
                + Fetching.sha256(CONTENT)
                + "; nothing was kept: fetch it again, and if that does not help, tell the"
                + " publisher");
    nothingIsKept();
    assertThat(publisher.seen()).hasSize(1);
  }

  @Test
  void md5IsCheckedToo() throws Exception {
    publisher.on("/x", FakePublisher.content(CONTENT, ETAG));
    fetch("\"md5\": \"" + Fetching.digest("MD5", CONTENT) + "\"");
    Files.delete(target());
    assertThatThrownBy(() -> fetch("\"md5\": \"00000000000000000000000000000000\""))
        .hasMessageStartingWith(
            "sub/x.bin: its MD5 is "
                + Fetching.digest("MD5", CONTENT)
                + ", but the card says 00000000000000000000000000000000; ");
    nothingIsKept();
  }

  @Test
  void whatIsNotThereIsSaidAtOnce() {
    publisher.on("/x", FakePublisher.status(404));
    assertThatThrownBy(() -> fetch(""))
        .isInstanceOf(StreamException.class)
        .hasMessage("sub/x.bin: the publisher does not have it (404); see https://example.org/toy");
    publisher.on("/x", FakePublisher.status(403));
    assertThatThrownBy(() -> fetch(""))
        .hasMessage("sub/x.bin: the publisher refuses it (403); see https://example.org/toy");
    assertThat(publisher.seen()).hasSize(2);
    assertThat(fetching.pauses).isEmpty();
    nothingIsKept();
  }

  @Test
  void aServerThatIsBusyIsAskedAgain() throws Exception {
    publisher.on(
        "/x",
        FakePublisher.status(503),
        FakePublisher.status(429, "Retry-After", "7"),
        FakePublisher.status(500, "Retry-After", "86400"),
        FakePublisher.content(CONTENT, ETAG));
    FetchResult result = fetch(SHA);
    assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
    assertThat(fetching.pauses)
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(7), Duration.ofSeconds(60));
    assertThat(result.counters()).isEqualTo(new FetchCounters(3, 0, 0));
  }

  @Test
  void aServerThatStaysBusyIsGivenUp() {
    publisher.on("/x", FakePublisher.status(503));
    assertThatThrownBy(() -> fetch(""))
        .isInstanceOf(StreamException.class)
        .hasMessage(
            "sub/x.bin: gave up after 5 attempts: it answered 503; give the command again later,"
                + " what has arrived is kept");
    assertThat(fetching.pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L);
    assertThat(publisher.seen()).hasSize(5);
  }

  @Test
  void aServerThatAlwaysCutsAndIgnoresRangesIsGivenUp() {
    byte[] large = Fetching.bytes(3 << 20, 5);
    publisher.on("/x", FakePublisher.cut(large, 2 << 20, "", () -> {}));
    assertThatThrownBy(() -> fetch(""))
        .isInstanceOf(StreamException.class)
        .hasMessageContaining("gave up after 5 attempts");
    // Progress beyond what was ever reached counts once only.
    assertThat(publisher.seen().size()).isBetween(5, 7);
  }

  /** Does one thing until the client has remarked on it, then gives the content. */
  private FakePublisher.Answer untilItIsRemarked(FakePublisher.Answer answer, String remark) {
    List<String> said = Collections.synchronizedList(new ArrayList<>());
    fetching.options =
        FetchOptions.DEFAULTS.withWeb(WebOptions.DEFAULTS.withStall(Duration.ofMillis(500)));
    fetching.listener =
        new FetchListener() {
          @Override
          public void remark(String text) {
            said.add(text);
            fetching.remarks.add(text);
          }
        };
    return exchange ->
        (said.contains(remark) ? FakePublisher.content(CONTENT, ETAG) : answer).to(exchange);
  }

  @Test
  void aServerThatStandsStillIsLeft() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    String remark = "sub/x.bin: only 1000 bytes arrived in 0.5 s; trying again";
    publisher.on(
        "/x", untilItIsRemarked(FakePublisher.cut(CONTENT, 1000, ETAG, () -> await(end)), remark));
    try {
      FetchResult result = fetch(SHA);
      assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
      assertThat(result.counters().retries()).isPositive();
      assertThat(fetching.remarks).contains(remark);
    } finally {
      end.countDown();
    }
  }

  @Test
  void aServerThatNeverAnswersIsLeft() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    String remark = "sub/x.bin: request timed out; trying again";
    publisher.on("/x", untilItIsRemarked(exchange -> await(end), remark));
    try {
      fetch(SHA);
      assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
      assertThat(fetching.remarks).contains(remark);
    } finally {
      end.countDown();
    }
  }

  @Test
  void nobodyListening() {
    publisher.close();
    assertThatThrownBy(() -> fetch(""))
        .isInstanceOf(StreamException.class)
        .hasMessage(
            "sub/x.bin: gave up after 5 attempts: no connection: is this machine on the network?;"
                + " give the command again later, what has arrived is kept");
  }

  @Test
  void redirectsAreFollowed() throws Exception {
    publisher.on("/x", FakePublisher.redirect(302, "/moved/x"));
    publisher.on("/moved/x", FakePublisher.redirect(307, publisher.otherOrigin("/there")));
    publisher.on("/there", FakePublisher.content(CONTENT, ETAG));
    fetch(SHA);
    assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
  }

  @Test
  void redirectsToWhatOthersCouldReadAreNot() {
    publisher.on("/x", FakePublisher.redirect(302, "http://example.org/x?signature=secret"));
    assertThatThrownBy(() -> fetch(""))
        .isInstanceOf(StreamException.class)
        .hasMessage(
            publisher.address("/x")
                + ": redirects to \"http://example.org/x\", which is not followed: from https only"
                + " https is; see https://example.org/toy");
    publisher.on("/x", FakePublisher.redirect(302, "file:///etc/passwd"));
    assertThatThrownBy(() -> fetch("")).hasMessageContaining("which is not followed");
    publisher.on("/x", FakePublisher.redirect(302, "/x"));
    assertThatThrownBy(() -> fetch(""))
        .hasMessage(
            publisher.address("/x")
                + ": redirects more than 10 times; see https://example.org/toy");
  }

  @Test
  void aLengthThatIsTooLargeIsNotBelieved() {
    publisher.on("/x", FakePublisher.cut(CONTENT, 300_000, "", () -> {}));
    publisher.on(
        "/x",
        exchange -> {
          exchange.sendResponseHeaders(200, 400_000);
          exchange.getResponseBody().write(CONTENT);
        });
    assertThatThrownBy(() -> fetch(""))
        .isInstanceOf(StreamException.class)
        .hasMessageContaining("gave up after 5 attempts");
    assertThat(target()).doesNotExist();
    // Where the listing knows better, that is said at once.
    assertThatThrownBy(() -> fetch("\"bytes\": 300000"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "sub/x.bin: the server at 127.0.0.1 has 400000 bytes, the listing says 300000; the"
                + " publisher may just be changing it: nothing was kept, try again later");
    nothingIsKept();
  }

  @Test
  void aLengthThatIsTooSmallIsNotBelieved() {
    publisher.on("/x", FakePublisher.content(half(), ETAG));
    assertThatThrownBy(() -> fetch("\"bytes\": 300000"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "sub/x.bin: the server at 127.0.0.1 has 150000 bytes, the listing says 300000; ");
    assertThatThrownBy(() -> fetch(SHA))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("sub/x.bin: its SHA-256 is ");
    nothingIsKept();
  }

  @Test
  void moreThanWasAnnouncedIsRefused() {
    publisher.on("/x", FakePublisher.chunked(CONTENT));
    assertThatThrownBy(() -> fetch("\"bytes\": 1000"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "sub/x.bin: the server sends more than the 1000 bytes that it or the listing announced;"
                + " nothing was kept, tell the publisher");
    nothingIsKept();
  }

  @Test
  void anEndlessFileEnds() {
    fetching.options = FetchOptions.DEFAULTS.withLimits(10, 100_000);
    publisher.on("/x", FakePublisher.chunked(CONTENT));
    assertThatThrownBy(() -> fetch(""))
        .isInstanceOf(InputException.class)
        .hasMessageMatching(
            "sub/x.bin: has \\d{6} bytes or more, and at most 100000 are taken for one file;"
                + " nothing was kept");
    nothingIsKept();
    publisher.on("/x", FakePublisher.content(CONTENT, ETAG));
    assertThatThrownBy(() -> fetch(""))
        .hasMessage(
            "sub/x.bin: has 300000 bytes or more, and at most 100000 are taken for one file;"
                + " nothing was kept");
  }

  @Test
  void filesWithoutALengthAndWithoutContentCome() throws Exception {
    publisher.on("/x", FakePublisher.chunked(CONTENT));
    fetch(SHA);
    assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
    Files.delete(target());
    publisher.on("/x", FakePublisher.content(new byte[0], ETAG));
    fetch("");
    assertThat(target()).isEmptyFile();
  }

  @Test
  void aFullDiskIsSeenBeforeItIsFull() {
    publisher.on("/x", FakePublisher.content(CONTENT, ETAG));
    fetching.freeSpace = place -> (64L << 20) + 299_999;
    assertThatThrownBy(() -> fetch("\"bytes\": 300000"))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            folder
                + ": has room for 300 kB (67.1 MB are left free), 300 kB are needed; choose another"
                + " disk with --out, or less with --only");
    assertThat(publisher.seen()).isEmpty();
    // Where only the server knows the size, it is seen when it answers.
    assertThatThrownBy(() -> fetch(""))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith(target().getParent() + ": has room for ");
    nothingIsKept();
    fetching.freeSpace = place -> (64L << 20) + 300_000;
    assertThat(catching(() -> fetch("\"bytes\": 300000"))).isNull();
  }

  /** Work that may fail. */
  private interface Work {
    void run() throws Exception;
  }

  private static EfferentException catching(Work work) {
    try {
      work.run();
      return null;
    } catch (EfferentException e) {
      return e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoeverStopsKeepsWhatHasArrived() throws Exception {
    AtomicBoolean wanted = new AtomicBoolean();
    CountDownLatch end = new CountDownLatch(1);
    publisher.on(
        "/x",
        exchange -> {
          exchange.getResponseHeaders().set("ETag", ETAG);
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT, 0, 1000);
          exchange.getResponseBody().flush();
          await(end);
          exchange.getResponseBody().write(CONTENT, 1000, CONTENT.length - 1000);
        });
    fetching.listener =
        new FetchListener() {
          @Override
          public void progress(RemoteFile file, long bytes, long fileBytes) {
            wanted.set(true);
            end.countDown();
          }

          @Override
          public boolean cancelled() {
            return wanted.get();
          }
        };
    assertThatThrownBy(() -> fetch(""))
        .isInstanceOf(InterruptedException.class)
        .hasMessage("stopped by the user");
    assertThat(Files.size(part())).isEqualTo(1000);
    assertThat(target()).doesNotExist();
  }

  @Test
  void aPlaceThatRefusesIsNamed() throws Exception {
    publisher.on("/x", FakePublisher.content(CONTENT, ETAG));
    Files.write(folder.resolve("sub"), "a file".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> fetch(""))
        .hasMessage(
            target()
                + ": could not be written: a file stands where a folder should be; choose another folder");
    assertThat(publisher.seen()).isEmpty();
  }
}
