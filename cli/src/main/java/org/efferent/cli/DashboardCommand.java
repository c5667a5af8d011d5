package org.efferent.cli;

import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.efferent.acquisition.LslSource;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.core.EfferentException;
import org.efferent.core.LatencyHistogram;
import org.efferent.core.Source;
import org.efferent.core.StreamException;
import org.efferent.core.StreamInfo;
import org.efferent.core.Transform;
import org.efferent.core.UnavailableException;
import org.efferent.core.UsageException;
import org.efferent.viz.IfExists;
import org.efferent.viz.dashboard.DashboardModels;
import org.efferent.viz.dashboard.DashboardPainter;
import org.efferent.viz.dashboard.DashboardPicture;
import org.efferent.viz.dashboard.DashboardTheme;
import org.efferent.viz.dashboard.DashboardWindow;
import org.efferent.viz.dashboard.DockLayout;
import org.efferent.viz.dashboard.Panel;
import org.efferent.viz.web.WebCounts;
import org.efferent.viz.web.WebDashboard;
import org.efferent.viz.web.WebOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code dashboard}: live plots of a stream or of a recording.
 *
 * <p>Longer than 300 lines by the words of its options.
 */
@Command(
    name = "dashboard",
    description =
        "Shows a stream or a recording live: signals, spectra, quality, averages, latency.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  efferent dashboard --stream EEG --filter bandpass:1:40,notch:50",
      "  efferent dashboard --replay session.xdf --speed 2 --montage average",
      "  efferent dashboard --replay session.xdf --screenshot out.png --theme dark",
      "  efferent dashboard --stream EEG --web --port 8010",
      "",
      "Without --stream and --replay it lists the streams in sight and takes the first of type EEG,",
      "else the first. F1 in the window shows its keys. --web needs no display: it prints an address",
      "for a browser on this host; from another host, ssh -L 8010:127.0.0.1:8010 HOST."
    })
final class DashboardCommand implements Callable<Integer> {
  /** A picture is there within 50 s, the start and the end of the program included. */
  private static final double LONGEST_PICTURE_SECONDS = 38;

  private static final double LIVE_PICTURE_SECONDS = 10;
  private static final int BURST = 60;

  @Mixin private OutputOptions output;
  @Mixin private LslOptions lsl;

  @Option(
      names = "--stream",
      paramLabel = "NAME|TYPE|PREDICATE",
      description =
          "Show this LSL stream; with --replay, the recording's stream of this name or type.")
  private String stream;

  @Option(
      names = "--replay",
      paramLabel = "RECORDING",
      description = "Play a recording with its markers.")
  private Path replay;

  @Option(
      names = "--speed",
      paramLabel = "N|max",
      description = "How fast a replay goes (default: 1; max for a picture).")
  private String speed;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description =
          "End after so many seconds of the stream (default: when it ends; a picture of a stream: 10).")
  private double seconds = Double.POSITIVE_INFINITY;

  @Option(
      names = "--screenshot",
      paramLabel = "OUT.png",
      description = "No window: draw, write one picture, and end. Needs no display.")
  private Path screenshot;

  @Option(names = "--web", description = "No window: serve the panels to browsers on 127.0.0.1.")
  private boolean web;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Of --web; 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--width",
      paramLabel = "PIXELS",
      description = "Of the picture or window (default: ${DEFAULT-VALUE}).")
  private int width = 1600;

  @Option(
      names = "--height",
      paramLabel = "PIXELS",
      description = "Of the picture or window (default: ${DEFAULT-VALUE}).")
  private int height = 900;

  @Option(names = "--theme", paramLabel = "light|dark", description = "Colours (default: light).")
  private DashboardTheme theme = DashboardTheme.LIGHT;

  @Option(
      names = "--panels",
      paramLabel = "LIST",
      description = {
        "Of signals, quality, spectrum, spectrogram, evoked, state, health, ranking, pictures",
        "(default: those that the stream feeds)."
      })
  private String panels;

  @Option(
      names = "--filter",
      paramLabel = "LIST",
      description = "Of bandpass:LOW:HIGH, highpass:HZ, lowpass:HZ, notch:HZ, in this order.")
  private String filter = "";

  @Option(
      names = "--montage",
      paramLabel = "M",
      description = "recorded, average, or pairs: bipolar:F3-C3,C3-P3 (default: ${DEFAULT-VALUE}).")
  private String montage = "recorded";

  @Option(
      names = "--window",
      paramLabel = "S",
      description = "Seconds of signals in sight (default: ${DEFAULT-VALUE}).")
  private double window = 10;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description = "How long to look for streams (default: ${DEFAULT-VALUE}).")
  private double timeout = 5;

  @Option(
      names = "--layout",
      paramLabel = "FILE",
      description =
          "Where the window's layout is kept (default: .efferent/dashboard.json at home).")
  private Path layout;

  @Option(
      names = "--pictures",
      paramLabel = "DIR",
      description = "Where the window writes screenshots and recordings (default: here).")
  private Path pictures = Path.of("");

  @Option(names = "--force", description = "Overwrite the picture.")
  private boolean force;

  @Override
  public Integer call() throws InterruptedException {
    check();
    List<Panel> chosen = panels == null ? null : Panel.parse(panels);
    if (replay != null) {
      try (DashboardReplay recording = DashboardReplay.open(replay, stream, output)) {
        ReplayPace pace =
            ReplayPace.parse(speed == null ? screenshot == null ? "1" : "max" : speed);
        DashboardModels models = models(recording.info());
        Source source = recording.source(pace, seconds, models::rows);
        try (DashboardRun run = DashboardRun.of(source, models, filters(models), recording)) {
          return show(run, chosen, null);
        }
      }
    }
    return live(chosen);
  }

  private void check() {
    if (!(timeout > 0 && timeout <= 86_400) || !(seconds > 0)) {
      throw new UsageException(
          "--timeout and --seconds must be positive; timeout=" + timeout + ", seconds=" + seconds);
    }
    if (!(window >= 0.1 && window <= 600)) {
      throw new UsageException("--window must lie in 0.1 to 600 seconds; window=" + window);
    }
    if (width < 320 || height < 200 || width > 16_384 || height > 16_384) {
      throw new UsageException(
          "--width and --height must lie in 320 x 200 to 16384 x 16384; width=%d, height=%d"
              .formatted(width, height));
    }
    if (replay == null && speed != null) {
      throw new UsageException("--speed goes with --replay");
    }
    if (web ? screenshot != null : port != 0) {
      throw new UsageException("--web does not go with --screenshot, and --port goes with --web");
    }
    if (web) {
      System.setProperty("java.awt.headless", "true"); // no window, whatever DISPLAY says
    } else if (screenshot == null) {
      if (GraphicsEnvironment.isHeadless()) {
        throw new UnavailableException(
            "no display; draw a picture by --screenshot OUT.png, or set DISPLAY");
      }
    } else {
      // Before anything of AWT is looked at: a DISPLAY that names no server shall not matter.
      System.setProperty("java.awt.headless", "true");
      if (!force && Files.exists(screenshot)) {
        throw new UsageException(
            screenshot + ": exists and is not overwritten; choose another name or add --force");
      }
    }
  }

  private DashboardModels models(StreamInfo info) {
    StreamInfo placed = LiveDashboard.placed(info);
    DashboardModels models = new DashboardModels(placed, window);
    models.signals().montage(DashboardFilters.montage(montage, placed));
    return models;
  }

  private List<Transform> filters(DashboardModels models) {
    return DashboardFilters.parse(filter, models.info());
  }

  private int live(List<Panel> chosen) throws InterruptedException {
    Lsl way = lsl.lsl();
    Duration patience = Duration.ofNanos((long) (timeout * 1e9));
    String predicate = stream == null ? choose(way, patience) : CursorStream.predicate(stream);
    LslSource source = LslSource.open(predicate, patience, way, InletOptions.DEFAULTS);
    DashboardModels models;
    List<Transform> filters;
    try {
      models = models(source.info());
      filters = filters(models);
    } catch (EfferentException e) {
      source.close();
      throw e;
    }
    output.note(
        "showing '%s' (%s, %s Hz); Ctrl-C ends",
        source.info().name(),
        Channels.words(source.info().channelCount()),
        source.info().sampleRateHz());
    List<MarkerFeed> feeds = new ArrayList<>();
    try (DashboardRun run = DashboardRun.of(source, models, filters, null)) {
      for (LslStreamInfo text :
          way.resolve("channel_format='string'", Integer.MAX_VALUE, Duration.ofSeconds(1))) {
        output.note("markers from '%s'", text.name());
        feeds.add(MarkerFeed.of(text, way, models::mark));
      }
      return show(run, chosen, () -> reopen(way, predicate, models));
    } finally {
      feeds.forEach(MarkerFeed::close);
    }
  }

  /** The stream again, if it is there and still the same. */
  private DashboardRun reopen(Lsl way, String predicate, DashboardModels models)
      throws InterruptedException {
    LslSource source;
    try {
      source = LslSource.open(predicate, Duration.ofSeconds(1), way, InletOptions.DEFAULTS);
    } catch (StreamException e) {
      return null; // not yet
    }
    if (source.info().channelCount() != models.info().channelCount()) {
      source.close();
      throw new StreamException(
          "the stream has come back with %d channels instead of %d; start the dashboard again"
              .formatted(source.info().channelCount(), models.info().channelCount()));
    }
    return DashboardRun.of(source, models, filters(models), null);
  }

  /** Says what is in sight, and takes the first stream of type EEG, else the first of numbers. */
  private String choose(Lsl way, Duration patience) throws InterruptedException {
    List<LslStreamInfo> found =
        way.resolve("", Integer.MAX_VALUE, patience).stream()
            .filter(s -> s.format().isNumeric())
            .toList();
    if (found.isEmpty()) {
      throw new StreamException(
          "no stream of numbers is in sight within %s s; is its program running, %s? Name a recording by --replay"
              .formatted(timeout, way.reach()));
    }
    for (LslStreamInfo s : found) {
      output.note(
          "in sight: '%s' (%s), %s, %s Hz",
          s.name(), s.type(), Channels.words(s.channelCount()), s.nominalRateHz());
    }
    LslStreamInfo chosen =
        found.stream()
            .filter(s -> s.type().equalsIgnoreCase("EEG"))
            .findFirst()
            .orElse(found.get(0));
    if (found.size() > 1) {
      output.note("name another one by --stream");
    }
    return "uid='" + chosen.origin().uid() + "'";
  }

  private List<Panel> panels(DashboardRun run, List<Panel> chosen) {
    if (chosen != null) {
      return chosen;
    }
    List<Panel> all = new ArrayList<>(List.of(Panel.SIGNALS, Panel.QUALITY));
    if (run.models().info().sampleRateHz() > 0) {
      all.addAll(List.of(Panel.SPECTRUM, Panel.EVOKED, Panel.SPECTROGRAM));
    }
    all.add(Panel.HEALTH);
    return all;
  }

  private int show(DashboardRun run, List<Panel> chosen, DashboardFollow.Reopen reopen)
      throws InterruptedException {
    List<Panel> shown = panels(run, chosen);
    if (web) {
      return browser(run, shown, reopen);
    }
    return screenshot == null ? window(run, shown, reopen) : picture(run, shown);
  }

  private int window(DashboardRun begun, List<Panel> shown, DashboardFollow.Reopen reopen)
      throws InterruptedException {
    DashboardModels models = begun.models();
    // Panels that were named are what is wanted now; they do not become the saved layout.
    Path file = panels != null ? null : layoutFile();
    DashboardWindow.Options options =
        new DashboardWindow.Options(
            "Efferent: " + models.info().name(),
            width,
            height,
            theme,
            DockLayout.of(shown),
            file,
            pictures);
    AtomicBoolean closed = new AtomicBoolean();
    DashboardFollow follow = new DashboardFollow(begun, reopen, replay != null, seconds, output);
    try (Interruption interruption = new Interruption();
        DashboardWindow window =
            DashboardWindow.open(
                models, options, () -> closed.set(true), words -> output.note("%s", words))) {
      DashboardRun run = follow.until(() -> closed.get() || interruption.wanted());
      Map<String, Object> result = run.describe();
      result.put("panels", shown.stream().map(Panel::key).toList());
      result.put("frames", window.painted());
      result.put("framesPerSecond", window.framesPerSecond());
      result.put("frameMillisP99", window.paintTimes().quantileNanos(0.99) / 1e6);
      output.result(result);
      return replay == null ? 0 : run.status(output);
    } finally {
      follow.close();
    }
  }

  private int browser(DashboardRun begun, List<Panel> shown, DashboardFollow.Reopen reopen)
      throws InterruptedException {
    DashboardFollow follow = new DashboardFollow(begun, reopen, replay != null, seconds, output);
    WebOptions options = WebOptions.DEFAULTS.withPort(port).withPanels(shown);
    try (Interruption interruption = new Interruption();
        WebDashboard server = WebDashboard.start(begun.models(), options)) {
      output.note("open %s in a browser on this host; Ctrl-C ends", server.address());
      DashboardRun run = follow.until(interruption::wanted);
      WebCounts counts = server.counts();
      Map<String, Object> result = run.describe();
      result.put("panels", shown.stream().map(Panel::key).toList());
      result.put("viewers", counts.viewers());
      result.put("viewersAtOnce", counts.mostAtOnce());
      result.put("updatesSent", counts.updatesSent());
      result.put("updatesDropped", counts.updatesDropped());
      result.put("badMessages", counts.badMessages());
      result.put("refused", counts.refused());
      result.put("serialiseP99Micros", counts.serialiseP99Micros());
      result.put("modelsP99Micros", counts.modelsP99Micros());
      output.text(
          "%d viewers, %d updates sent, %d dropped",
          counts.viewers(), counts.updatesSent(), counts.updatesDropped());
      output.result(result);
      return replay == null ? 0 : run.status(output);
    } finally {
      follow.close();
    }
  }

  private Path layoutFile() {
    return layout != null
        ? layout
        : Path.of(System.getProperty("user.home", "."), ".efferent", "dashboard.json");
  }

  private int picture(DashboardRun run, List<Panel> shown) throws InterruptedException {
    DockLayout layout = DockLayout.of(shown);
    DashboardPainter painter = new DashboardPainter();
    LatencyHistogram frames = new LatencyHistogram();
    double most = replay == null ? Math.min(seconds, LIVE_PICTURE_SECONDS) : seconds;
    long began = System.nanoTime();
    boolean ended = false;
    try (Interruption interruption = new Interruption()) {
      while (!ended && !interruption.wanted()) {
        ended = run.awaitEnd(Duration.ofMillis(50));
        double passed = (System.nanoTime() - began) / 1e9;
        boolean late = passed > LONGEST_PICTURE_SECONDS && screenshot != null;
        if (late && replay != null) {
          output.note("%d samples were played until a picture had to be drawn", run.samples());
        }
        ended |= late || (replay == null && passed > most);
      }
    }
    run.stop();
    BufferedImage image = painter.image(layout, run.models(), theme, width, height);
    long burst = System.nanoTime();
    while (frames.count() < BURST && System.nanoTime() - burst < 2_000_000_000L) {
      long start = System.nanoTime();
      painter.next(image, layout, run.models(), theme, frames.count());
      frames.record(System.nanoTime() - start);
    }
    double perSecond = frames.count() * 1e9 / (System.nanoTime() - burst);
    image = painter.image(layout, run.models(), theme, width, height);
    DashboardPicture.write(image, screenshot, force ? IfExists.REPLACE : IfExists.FAIL);
    Map<String, Object> result = run.describe();
    result.put("screenshot", screenshot.toString());
    result.put("width", width);
    result.put("height", height);
    result.put("panels", shown.stream().map(Panel::key).toList());
    result.put("framesPerSecond", perSecond);
    result.put("frameMillisP99", frames.quantileNanos(0.99) / 1e6);
    output.text(
        "%s: %d samples of '%s', %.0f frames a second",
        screenshot, run.samples(), run.models().info().name(), perSecond);
    output.result(new LinkedHashMap<>(result));
    return run.status(output);
  }
}
