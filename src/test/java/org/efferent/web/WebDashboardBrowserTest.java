package org.efferent.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.efferent.benchmarks.Chromium;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Chunk;
import org.efferent.core.Estimate.Gaussian;
import org.efferent.core.Marker;
import org.efferent.core.SessionEvent;
import org.efferent.core.StreamInfo;
import org.efferent.data.montage.Montage;
import org.efferent.viz.RankingView;
import org.efferent.viz.dashboard.DashboardModels;
import org.efferent.viz.web.WebDashboard;
import org.efferent.viz.web.WebOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page in a real Chromium; -Defferent.web.pictures=FOLDER keeps what it looks like. */
final class WebDashboardBrowserTest {
  private static final double RATE = 128;
  private static final String[] LABELS = {
    "Fp1", "Fp2", "F3", "F4", "C3", "C4", "P3", "P4", "O1", "O2", "F7", "F8", "T7", "T8", "P7",
    "P8", "Fz", "Cz", "Pz", "Oz"
  };

  private Chromium chromium;

  @BeforeEach
  void start() throws IOException {
    Optional<Path> program = Chromium.find();
    if (program.isEmpty()) {
      String reason =
          "no Chromium: install Debian's chromium or name one by -Defferent.chromium=… (see"
              + " .ci/run)";
      if (Boolean.getBoolean("efferent.chromium.required")) {
        throw new AssertionError(reason);
      }
      Assumptions.abort(reason);
    }
    chromium = new Chromium(program.get(), 1_024, 600);
  }

  @AfterEach
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  /** Models of twenty channels after some seconds. */
  private static final class Feed {
    private final StreamInfo info;
    private final DashboardModels models;
    private int rows;

    Feed() {
      List<ChannelInfo> channels =
          Arrays.stream(LABELS)
              .map(label -> new ChannelInfo(label, "EEG", "µV", Optional.empty()))
              .toList();
      info =
          Montage.named("standard_1005")
              .apply(new StreamInfo("Sines", "EEG", RATE, "test", channels));
      models = new DashboardModels(info, 10);
    }

    void seconds(double seconds) {
      int n = (int) (seconds * RATE);
      Chunk chunk = new Chunk(n, LABELS.length);
      for (int r = 0; r < n; r++, rows++) {
        int at = chunk.append(rows / RATE);
        for (int c = 0; c < LABELS.length; c++) {
          // The third is flat; the others are sines of 3 to 22 Hz.
          chunk.values()[at + c] = c == 2 ? 0 : 10 * Math.sin(rows / RATE * (c + 3) * 6.2832);
        }
      }
      models.raw().apply(chunk);
      models.shown().apply(chunk);
      for (int i = 0; i < n; i++) {
        if ((rows - n + i) % 100 == 0) {
          models.mark(new Marker((rows - n + i) / RATE, 0, i % 2 == 0 ? "left" : "right"));
        }
      }
      double t = rows / RATE;
      models
          .state()
          .add(
              new Gaussian(
                  new double[] {Math.cos(t), Math.sin(t)}, new double[] {0.02, 0.01, 0.01, 0.03}));
    }
  }

  private String label(String panel) {
    return chromium
        .value("document.querySelector('section[data-key=" + panel + "] canvas').ariaLabel")
        .asText();
  }

  private static String canvas(String panel) {
    return "document.querySelector('section[data-key=" + panel + "] canvas')";
  }

  @Test
  void thePageShowsSaysAndObeys() throws IOException {
    Feed feed = new Feed();
    feed.seconds(12);
    BufferedImage red = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    IntStream.range(0, 64 * 64).forEach(i -> red.setRGB(i % 64, i / 64, 0xCC3311));
    feed.models.pictures().add(red, "marker dog");
    feed.models
        .ranking()
        .update(
            new RankingView(
                RankingView.State.LISTENING,
                "",
                3,
                List.of(
                    new RankingView.Answer("dog", red, 0.7),
                    new RankingView.Answer("cat", null, 0.2)),
                0.9,
                null));
    try (WebDashboard server = WebDashboard.start(feed.models, WebOptions.DEFAULTS)) {
      chromium.dark(false);
      chromium.open(server.address());
      chromium.until("efferent.live.taken >= 5 && efferent.seen.health");
      // The token is not in the address any more, nor in reach of a script.
      assertThat(chromium.value("location.href").asText()).doesNotContain("token");
      assertThat(chromium.value("document.cookie").asText()).isEmpty();
      assertThat(chromium.value("document.querySelectorAll('section').length").asInt())
          .isEqualTo(9);
      chromium.until(canvas("signals") + ".ariaLabel.includes('Selected Fp1')");
      assertThat(label("signals")).contains("20 signals").contains("from -10 µV to 10 µV");
      assertThat(label("quality")).contains("19 of 20 channels are good; F3 flat");
      assertThat(label("spectrum")).contains("Fp1 is strongest at 3 hertz");
      assertThat(label("pictures")).contains("1 images were made; the newest from marker dog");
      assertThat(label("ranking")).contains("dog 70.0 percent, cat 20.0 percent");
      assertThat(label("state")).contains("95 percent ellipse");

      pressed("ArrowDown", 1);
      chromium.until(canvas("signals") + ".ariaLabel.includes('Selected Fp2')");
      pressed("ArrowDown", 2);
      chromium.until(canvas("spectrum") + ".ariaLabel.includes('F3')");
      assertThat(feed.models.selected()).isEqualTo(2);
      chromium.press("ArrowUp");
      chromium.until(canvas("spectrum") + ".ariaLabel.includes('Fp2 is strongest at 4 hertz')");

      keyboard();
      pictures(feed);
      assertThat(chromium.complaints()).isEmpty();
      String host = "127.0.0.1:" + server.address().getPort();
      assertThat(chromium.asked()).isNotEmpty();
      assertThat(chromium.asked())
          .allSatisfy(
              url -> assertThat(url).matches("(http|ws)://127\\.0\\.0\\.1:[0-9]+/.*|about:blank"));
      assertThat(chromium.asked()).anyMatch(url -> url.startsWith("http://" + host + "/pictures/"));
      assertThat(chromium.asked()).anyMatch(url -> url.equals("ws://" + host + "/live"));
    }
  }

  private void pressed(String key, int selected) {
    chromium.press(key);
    chromium.until("efferent.view.selected === " + selected);
  }

  /** Every control and every panel can be reached, and every panel as a table. */
  private void keyboard() {
    chromium.value("document.activeElement.blur()");
    int stops = 0;
    for (int i = 0; i < 60; i++) {
      chromium.press("Tab");
      String key =
          chromium
              .value(
                  "(document.activeElement.tagName === 'CANVAS' ?"
                      + " document.activeElement.closest('section').dataset.key : '')")
              .asText();
      stops += key.isEmpty() ? 0 : 1;
      if (key.equals("quality")) {
        chromium.press("v");
        chromium.until(
            "document.querySelector('section[data-key=quality] tbody').rows.length === 20");
        assertThat(
                chromium
                    .value("document.querySelector('section[data-key=quality] tbody').innerText")
                    .asText())
            .contains("flat");
        chromium.press("v");
        chromium.until("document.activeElement === " + canvas("quality"));
      }
      if (stops == 9) {
        break;
      }
    }
    assertThat(stops).as("panels that Tab reaches").isEqualTo(9);
    chromium.press("?");
    chromium.until("document.getElementById('keys').open");
    chromium.press("Escape");
    chromium.until("!document.getElementById('keys').open");
    chromium.press("Enter");
    chromium.until("document.querySelector('main').classList.contains('one')");
    chromium.press("m");
    chromium.until("!document.querySelector('main').classList.contains('one')");
    // Nothing is out of reach at 1024 x 600.
    assertThat(
            chromium
                .value("document.documentElement.scrollWidth <= 1024 && innerHeight === 600")
                .asBoolean())
        .isTrue();
  }

  private void pictures(Feed feed) throws IOException {
    for (int[] size : new int[][] {{1_024, 600}, {1_920, 1_080}, {3_840, 2_160}}) {
      for (boolean dark : new boolean[] {false, true}) {
        chromium.size(size[0], size[1]);
        chromium.dark(dark);
        chromium.until(
            "document.documentElement.dataset.theme === '" + (dark ? "dark" : "light") + "'");
        feed.seconds(1);
        String rows = String.valueOf(feed.rows);
        chromium.value("new Promise((d) => requestAnimationFrame(() => requestAnimationFrame(d)))");
        chromium.until(
            canvas("signals")
                + ".width > "
                + size[0] / 4
                + " && document.querySelectorAll('canvas').length === 9 && "
                + rows
                + " > 0");
        byte[] png = chromium.picture();
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image.getWidth()).isEqualTo(size[0]);
        int ground = image.getRGB(size[0] / 2, 3) & 0xFF;
        assertThat(ground < 128).as("dark").isEqualTo(dark);
        assertThat(different(image)).as("colours in the picture").isGreaterThan(50);
        String folder = System.getProperty("efferent.web.pictures", "");
        if (!folder.isEmpty()) {
          Files.createDirectories(Path.of(folder));
          Files.write(Path.of(folder, size[0] + (dark ? "-dark.png" : "-light.png")), png);
        }
      }
    }
  }

  private static long different(BufferedImage image) {
    return IntStream.range(0, image.getWidth() * image.getHeight() / 7)
        .map(i -> image.getRGB(i * 7 % image.getWidth(), i * 7 / image.getWidth()))
        .distinct()
        .count();
  }

  @Test
  void silenceAndAServerThatIsGoneAreSaid() {
    Feed feed = new Feed();
    feed.seconds(3);
    WebDashboard server = WebDashboard.start(feed.models, WebOptions.DEFAULTS);
    int port;
    try {
      port = server.address().getPort();
      chromium.open(server.address());
      chromium.until("efferent.live.taken >= 3");
      // Out of sight, and back: all of it comes again, and nothing meanwhile.
      chromium.value(
          "(() => { window.before = efferent.seen.hello; Object.defineProperty(document, 'hidden',"
              + " { value: true, configurable: true }); document.dispatchEvent(new"
              + " Event('visibilitychange')); })()");
      chromium.value(
          "(() => { Object.defineProperty(document, 'hidden', { value: false, configurable: true"
              + " }); document.dispatchEvent(new Event('visibilitychange')); })()");
      chromium.until("efferent.seen.hello !== window.before");
      feed.models.health().event(SessionEvent.STALE);
      chromium.until("document.getElementById('alarm').innerText.startsWith('STALE')");
      feed.models.health().event(SessionEvent.RESUMED);
      chromium.until("document.getElementById('alarm').hidden");
    } finally {
      server.close();
    }
    chromium.until("document.getElementById('alarm').innerText.includes('is gone')");
    // Another start on the same port has another token: the page says so.
    try (WebDashboard other = WebDashboard.start(feed.models, WebOptions.DEFAULTS.withPort(port))) {
      chromium.until("document.getElementById('alarm').innerText.includes('was started again')");
      chromium.open(other.address());
      chromium.until("efferent.live.taken >= 3 && document.getElementById('alarm').hidden");
    }
  }

  /** Text has a contrast of 4.5 and more (WCAG 2.1, 1.4.3), on every ground, in both themes. */
  @Test
  void textCanBeRead() {
    Feed feed = new Feed();
    try (WebDashboard server = WebDashboard.start(feed.models, WebOptions.DEFAULTS)) {
      chromium.open(server.address());
      chromium.until("efferent.live.taken >= 1");
      Map<String, String> pairs =
          Map.of(
              "text",
              "desk",
              "soft",
              "desk",
              "alert-text",
              "alert",
              "bad",
              "ground",
              "series0",
              "ground",
              "series1",
              "ground",
              "series4",
              "ground",
              "series5",
              "band");
      for (String theme : new String[] {"light", "dark"}) {
        chromium.value("document.documentElement.dataset.theme = '" + theme + "'");
        pairs.forEach(
            (front, back) ->
                assertThat(contrast(front, back))
                    .as(theme + ": " + front + " on " + back)
                    .isGreaterThanOrEqualTo(front.equals("series5") ? 3 : 4.5));
        for (String back : new String[] {"ground", "band"}) {
          assertThat(contrast("text", back)).as(theme).isGreaterThanOrEqualTo(4.5);
        }
        assertThat(contrast("soft", "ground")).as(theme).isGreaterThanOrEqualTo(4.5);
      }
    }
  }

  private double contrast(String front, String back) {
    double a = luminance(front);
    double b = luminance(back);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  /** Relative luminance of a colour of the page. */
  private double luminance(String name) {
    int rgb =
        Integer.decode(
            chromium
                .value(
                    "getComputedStyle(document.documentElement).getPropertyValue('--"
                        + name
                        + "').trim()")
                .asText());
    double[] share = new double[3];
    for (int i = 0; i < 3; i++) {
      double v = (rgb >> (16 - 8 * i) & 0xFF) / 255.0;
      share[i] = v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }
    return 0.2126 * share[0] + 0.7152 * share[1] + 0.0722 * share[2];
  }
}
