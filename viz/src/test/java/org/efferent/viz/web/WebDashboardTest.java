package org.efferent.viz.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.efferent.core.Chunk;
import org.efferent.core.Marker;
import org.efferent.core.StreamInfo;
import org.efferent.core.UnavailableException;
import org.efferent.core.UsageException;
import org.efferent.viz.dashboard.DashboardModels;
import org.efferent.viz.dashboard.SignalModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WebDashboardTest {
  private static final int CHANNELS = 4;
  private static final double RATE = 100;
  private static final long PATIENCE_SECONDS = 20;

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();
  private final StreamInfo info = StreamInfo.of("test", "EEG", RATE, CHANNELS);
  private final DashboardModels models = new DashboardModels(info, 4);
  private WebDashboard server;
  private int fed;

  @BeforeEach
  void start() {
    server = WebDashboard.start(models, WebOptions.DEFAULTS);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Rows of which each value is the channel plus a hundredth of the row. */
  private void feed(int rows) {
    Chunk chunk = new Chunk(rows, CHANNELS);
    for (int r = 0; r < rows; r++, fed++) {
      int at = chunk.append(fed / RATE);
      for (int c = 0; c < CHANNELS; c++) {
        chunk.values()[at + c] = c + fed / 100.0;
      }
    }
    models.raw().apply(chunk);
    models.shown().apply(chunk);
  }

  private String token() {
    return server.address().getQuery().substring("token=".length());
  }

  private URI at(String path) {
    return server.address().resolve(path);
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(at(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  // ---- who may look ----

  @Test
  void theAddressOpensThePageAndTheCookieItsFiles() throws Exception {
    HttpResponse<String> page =
        client.send(HttpRequest.newBuilder(server.address()).build(), BodyHandlers.ofString());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<main id=\"panels\"").doesNotContain(token());
    String cookie = page.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).endsWith("; Path=/; HttpOnly; SameSite=Strict").contains(token());
    String kept = cookie.substring(0, cookie.indexOf(';'));
    for (String file : new String[] {"/", "/page.js", "/page.css", "/icon.svg"}) {
      HttpResponse<String> answer = get(file, "Cookie", kept);
      assertThat(answer.statusCode()).as(file).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .startsWith("default-src 'self';");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      assertThat(answer.headers().firstValue("Server")).isEmpty();
    }
    assertThat(get("/", "X-Efferent-Token", token()).statusCode()).isEqualTo(200);
    assertThat(server.counts().refused()).isZero();
  }

  @Test
  void aMissingOrWrongTokenIsToldWhatToDo() throws Exception {
    String almost = token().substring(1) + (token().endsWith("A") ? "B" : "A");
    for (String path :
        new String[] {"/", "/page.js", "/live", "/nothing", "/pictures/1", "/?token=" + almost}) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(answer.body()).contains("Open the whole address that the program printed");
      assertThat(answer.body()).doesNotContain(token());
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }
    assertThat(get("/", "Cookie", "efferent-" + server.address().getPort() + "=x").statusCode())
        .isEqualTo(401);
    assertThat(server.counts().refused()).isEqualTo(7);
  }

  @Test
  void tokensAreNew() {
    try (WebDashboard other = WebDashboard.start(models, WebOptions.DEFAULTS)) {
      assertThat(other.address().getQuery()).isNotEqualTo(server.address().getQuery());
      assertThat(token()).hasSize(43);
      assertThat(other.address().getHost()).isEqualTo("127.0.0.1");
    }
  }

  /** The client of the JDK sets Host itself, so that this one is written by hand. */
  private String byHand(String host, String more) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET /?token="
                      + token()
                      + " HTTP/1.1\r\nHost: "
                      + host
                      + "\r\n"
                      + more
                      + "Connection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    }
  }

  @Test
  void anotherNameOfThisHostIsRefused() throws IOException {
    int port = server.address().getPort();
    assertThat(byHand("127.0.0.1:" + port, "")).contains(" 200 ");
    assertThat(byHand("localhost:" + port, "")).contains(" 200 ");
    assertThat(byHand("localhost:9", "")).as("a tunnel").contains(" 200 ");
    assertThat(byHand("evil.example:" + port, "")).contains(" 403 ");
    assertThat(byHand("127.0.0.1.evil.example", "")).contains(" 403 ");
    assertThat(byHand("127.0.0.1:" + port, "Origin: http://evil.example\r\n")).contains(" 403 ");
    assertThat(byHand("127.0.0.1:" + port, "Origin: http://127.0.0.1:1\r\n")).contains(" 403 ");
    assertThat(byHand("127.0.0.1:" + port, "Origin: http://127.0.0.1:" + port + "\r\n"))
        .contains(" 200 ");
  }

  @Test
  void whatDoesNotExistIsNotFound() throws Exception {
    HttpResponse<String> answer = get("/nothing", "X-Efferent-Token", token());
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("Not here");
    for (String path : new String[] {"/pictures/7", "/pictures/x", "/pictures/", "/WEB-INF/x"}) {
      assertThat(get(path, "X-Efferent-Token", token()).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    int port = server.address().getPort();
    assertThatThrownBy(() -> WebDashboard.start(models, WebOptions.DEFAULTS.withPort(port)))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "no server can listen on 127.0.0.1; name another port or 0 for a free one; port="
                + port);
    assertThatThrownBy(() -> WebOptions.DEFAULTS.withPort(70_000))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("port=70000");
  }

  // ---- what viewers get ----

  /** One update: its words and its numbers. */
  private final class Update {
    private final JsonNode words;
    private final float[] numbers;

    Update(byte[] message) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
      int length = buffer.getInt();
      assertThat(length % 4).isZero();
      words = mapper.readTree(message, 4, length);
      buffer.position(4 + length);
      numbers = new float[buffer.remaining() / 4];
      buffer.asFloatBuffer().get(numbers);
    }

    JsonNode signals() {
      return words.path("signals");
    }

    int count(String name) {
      return signals().path(name).get(1).intValue();
    }

    float number(String name, int i) {
      return numbers[signals().path(name).get(0).intValue() + i];
    }
  }

  /** A browser: gathers what comes, says what it is told to say. */
  private final class Browser implements WebSocket.Listener {
    private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private final WebSocket socket;
    private int taken;

    Browser() {
      socket =
          client
              .newWebSocketBuilder()
              .header("Cookie", "efferent-" + server.address().getPort() + "=" + token())
              .buildAsync(
                  URI.create("ws://127.0.0.1:" + server.address().getPort() + "/live"), this)
              .join();
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket of, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      part.writeBytes(bytes);
      if (last) {
        messages.add(part.toByteArray());
        part.reset();
      }
      of.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket of, int status, String reason) {
      closed.complete(status);
      return null;
    }

    void say(String words) {
      socket.sendText(words, true).join();
    }

    /** The next update, not yet taken. */
    Update next() throws Exception {
      byte[] message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(message).as("an update within %d s", PATIENCE_SECONDS).isNotNull();
      taken++;
      return new Update(message);
    }

    Update taken() throws Exception {
      Update update = next();
      say("{\"type\":\"take\",\"count\":" + taken + "}");
      return update;
    }

    int status() throws Exception {
      return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void leave() {
      socket.abort();
    }
  }

  @Test
  void theFirstUpdateHoldsAllAndTheNextWhatIsNew() throws Exception {
    feed(200);
    models.mark(new Marker(1.5, 0, "beep"));
    Browser browser = new Browser();
    Update first = browser.taken();
    JsonNode hello = first.words.path("hello");
    assertThat(hello.path("stream").textValue()).isEqualTo("test");
    assertThat(hello.path("columns").intValue()).isEqualTo(SignalModel.COLUMNS);
    assertThat(hello.path("signals")).hasSize(CHANNELS);
    assertThat(hello.path("panels").get(0).textValue()).isEqualTo("signals");
    int columns = first.count("flags");
    // 2 s of 4 s.
    assertThat(columns).isBetween(795, 800);
    assertThat(first.count("low")).isEqualTo(CHANNELS * columns);
    assertThat(first.number("low", 3 * columns)).isEqualTo(3f);
    assertThat(first.number("high", columns - 1)).isEqualTo(1.99f);
    assertThat(first.signals().path("marks").get(0).get(1).textValue()).isEqualTo("beep");
    assertThat(first.words.path("quality").path("channels")).hasSize(CHANNELS);
    assertThat(first.words.has("health")).isTrue();
    feed(10);
    Update second = browser.taken();
    while (second.signals().path("rows").longValue() < 210) {
      second = browser.taken();
    }
    assertThat(second.words.has("hello")).isFalse();
    // Ten rows are 40 columns; once a second two seconds come again.
    assertThat(second.count("flags")).isLessThanOrEqualTo(SignalModel.COLUMNS / 2 + 45);
    int last = second.count("flags") - 1;
    assertThat(second.number("high", last)).isEqualTo(2.09f);
    assertThat(second.signals().path("first").longValue() + last)
        .isBetween(columns + 38L, columns + 39L);
  }

  @Test
  void aMarkerThatComesLateIsSeenWithinASecond() throws Exception {
    feed(400);
    Browser browser = new Browser();
    browser.taken();
    models.mark(new Marker(3.2, 0, "late"));
    for (int i = 0; i < 40; i++) {
      for (JsonNode mark : browser.taken().signals().path("marks")) {
        if (mark.get(1).textValue().equals("late")) {
          assertThat(mark.get(0).doubleValue()).isEqualTo(3.2 / 4 * SignalModel.COLUMNS);
          return;
        }
      }
    }
    throw new AssertionError("forty updates without the marker");
  }

  @Test
  void whatIsNewIsSmall() throws Exception {
    feed(400);
    Browser browser = new Browser();
    int whole = browser.taken().numbers.length;
    for (int i = 0; i < 20; i++) {
      Update update = browser.taken();
      if (update.count("flags") < 10) {
        assertThat(update.numbers.length).isLessThan(whole / 20);
        assertThat(update.words.has("quality")).as("quality has not changed").isFalse();
        return;
      }
    }
    throw new AssertionError("twenty updates, and each was large");
  }

  @Test
  void aViewerThatDoesNotTakeGetsFourAndHoldsUpNobody() throws Exception {
    feed(100);
    Browser slow = new Browser();
    Browser quick = new Browser();
    for (int i = 0; i < 40; i++) {
      feed(1);
      quick.taken();
    }
    for (int i = 0; i < Viewer.MOST_ON_THE_WAY; i++) {
      slow.next();
    }
    assertThat(slow.messages).isEmpty();
    WebCounts counts = server.counts();
    assertThat(counts.updatesDropped()).isPositive();
    assertThat(counts.viewers()).isEqualTo(2);
    assertThat(counts.mostAtOnce()).isEqualTo(2);
    assertThat(counts.updatesSent()).isGreaterThanOrEqualTo(44);
    assertThat(counts.serialiseP99Micros()).isPositive();
    assertThat(counts.modelsP99Micros()).isPositive();
    // What it missed comes in one.
    slow.say("{\"type\":\"take\",\"count\":4}");
    Update late = slow.next();
    assertThat(late.signals().path("rows").longValue()).isEqualTo(140);
    assertThat(late.number("high", late.count("flags") - 1)).isEqualTo(1.39f);
  }

  @Test
  void aSleeperGetsNothingAndThenAll() throws Exception {
    feed(100);
    Browser sleeper = new Browser();
    sleeper.taken();
    sleeper.say("{\"type\":\"sleep\"}");
    Browser other = new Browser();
    other.taken();
    // The server beats on for the other one; what was on the way comes still.
    for (int i = 0; i < 10; i++) {
      other.taken();
    }
    int before = sleeper.messages.size();
    assertThat(before).isLessThan(Viewer.MOST_ON_THE_WAY);
    for (int i = 0; i < 10; i++) {
      other.taken();
    }
    assertThat(sleeper.messages).hasSize(before);
    sleeper.messages.clear();
    sleeper.taken += before;
    sleeper.say("{\"type\":\"take\",\"count\":" + sleeper.taken + "}");
    sleeper.say("{\"type\":\"all\"}");
    assertThat(sleeper.next().words.has("hello")).isTrue();
  }

  @Test
  void selectionReachesEveryViewer() throws Exception {
    feed(400);
    Browser one = new Browser();
    Browser two = new Browser();
    one.taken();
    two.taken();
    one.say("{\"type\":\"select\",\"channel\":2}");
    Update update = two.taken();
    while (!update.words.has("spectrum")
        || update.words.path("spectrum").path("selected").intValue() != 2) {
      update = two.taken();
    }
    assertThat(models.selected()).isEqualTo(2);
    while (!update.words.has("spectrogram")
        || !update
            .words
            .path("spectrogram")
            .path("label")
            .textValue()
            .equals(info.channels().get(2).label())) {
      feed(20);
      update = two.taken();
    }
  }

  @Test
  void badMessagesEndTheirOwnConnectionOnly() throws Exception {
    Browser good = new Browser();
    good.taken();
    String[] bad = {
      "",
      "nonsense",
      "[]",
      "{\"type\":\"shutdown\"}",
      "{\"type\":\"take\",\"count\":99}",
      "{\"type\":\"take\",\"count\":-1}",
      "{\"type\":\"take\",\"count\":\"1\"}",
      "{\"type\":\"select\",\"channel\":4}",
      "{\"type\":\"select\",\"channel\":1.5}",
      "{\"type\":\"select\"}"
    };
    for (String message : bad) {
      Browser browser = new Browser();
      browser.say(message);
      assertThat(browser.status()).as(message).isEqualTo(1008);
    }
    Browser binary = new Browser();
    binary.socket.sendBinary(ByteBuffer.wrap(new byte[8]), true).join();
    assertThat(binary.status()).isEqualTo(1008);
    Browser large = new Browser();
    large.say(" ".repeat(5_000));
    assertThat(large.status()).isEqualTo(1009);
    assertThat(server.counts().badMessages()).isEqualTo(bad.length + 1);
    good.taken();
  }

  @Test
  void withoutTheTokenThereIsNoSocket() {
    URI live = URI.create("ws://127.0.0.1:" + server.address().getPort() + "/live");
    WebSocket.Listener nobody = new WebSocket.Listener() {};
    assertThatThrownBy(() -> client.newWebSocketBuilder().buildAsync(live, nobody).join())
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
    assertThatThrownBy(
            () ->
                client
                    .newWebSocketBuilder()
                    .header("X-Efferent-Token", token())
                    .header("Origin", "http://evil.example")
                    .buildAsync(live, nobody)
                    .join())
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
    assertThat(server.counts().viewers()).isZero();
  }

  @Test
  void theNinthViewerIsAskedToComeLater() throws Exception {
    for (int i = 0; i < WebOptions.DEFAULTS.mostViewers(); i++) {
      new Browser().taken();
    }
    Browser ninth = new Browser();
    assertThat(ninth.status()).isEqualTo(1013);
    assertThat(server.counts().mostAtOnce()).isEqualTo(8);
  }

  @Test
  void picturesComeByNumber() throws Exception {
    BufferedImage image = new BufferedImage(1_024, 512, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xFFFFFF);
    models.pictures().add(image, "marker dog");
    Browser browser = new Browser();
    JsonNode one = browser.taken().words.path("pictures").path("pictures").get(0);
    assertThat(one.path("window").textValue()).isEqualTo("marker dog");
    HttpResponse<byte[]> png =
        client.send(
            HttpRequest.newBuilder(at("/pictures/" + one.path("picture").longValue()))
                .header("X-Efferent-Token", token())
                .build(),
            BodyHandlers.ofByteArray());
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(png.body()));
    assertThat(read.getWidth()).isEqualTo(512);
    assertThat(read.getHeight()).isEqualTo(256);
    browser.leave();
  }
}
