package org.efferent.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.efferent.acquisition.LslSource;
import org.efferent.acquisition.ReplayOptions;
import org.efferent.acquisition.ReplaySource;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.StreamOutlet;
import org.efferent.core.EfferentException;
import org.efferent.core.Estimate.Embedding;
import org.efferent.core.EventQueue;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Offline;
import org.efferent.core.Pipeline;
import org.efferent.core.SelectedChannels;
import org.efferent.core.Session;
import org.efferent.core.SessionOptions;
import org.efferent.core.Sink;
import org.efferent.core.Source;
import org.efferent.core.UsageException;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.train.EncoderFile;
import org.efferent.generation.Generator;
import org.efferent.generation.GeneratorConfig;
import org.efferent.retrieval.live.EvidenceCalibration;
import org.efferent.retrieval.live.EvidenceOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code encoder run}: a live session with an encoder.
 *
 * <p>Longer than 300 lines by the words of its options.
 */
@Command(
    name = "run",
    description = "Encodes a stream live: windows at markers or sliding; ranks a gallery.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  efferent encoder run trained/encoder.safetensors --replay trained/data --speed max \\",
      "    --gallery trained/data --calibrate trained/data",
      "  efferent encoder run trained/encoder.safetensors --stream EEG --markers Markers \\",
      "    --gallery gallery.npy --ids ids.txt --out session",
      "",
      "Markers with the same label are repetitions of one stimulus: evidence adds up until the best",
      "candidate is as likely as --decide-at says. Without --markers windows slide. The stream must come",
      "as the training windows were preprocessed, at their rate. Answers go out as a stream of markers."
    })
final class EncoderRunCommand implements Callable<Integer> {
  private static final Duration FOREVER = Duration.ofDays(365);

  @Mixin private OutputOptions output;
  @Mixin private DeviceOptions device;
  @Mixin private LslOptions lsl;
  @Mixin private LiveGeneratorOptions drawing;

  @Parameters(index = "0", paramLabel = "ENCODER", description = "An encoder's file.")
  private Path encoder;

  @ArgGroup(multiplicity = "1")
  private Input input;

  /** Where signals come from. */
  static final class Input {
    @Option(
        names = "--stream",
        paramLabel = "NAME|TYPE|PREDICATE",
        description = "Encode this LSL stream.")
    private String stream;

    @Option(
        names = "--replay",
        paramLabel = "RECORDING|DATA",
        description =
            "Play a recording with its markers, or the test windows of a data set one after the other.")
    private Path replay;
  }

  @Option(
      names = "--markers",
      paramLabel = "NAME|TYPE|PREDICATE",
      description = "LSL stream of markers that windows are locked to; else windows slide.")
  private String markers;

  @Option(
      names = "--event",
      paramLabel = "REGEX",
      description = "Which markers are events; all by default.")
  private String event = "";

  @Option(names = "--sliding", description = "Sliding windows, although a replay has markers.")
  private boolean sliding;

  @Option(
      names = "--offset",
      paramLabel = "S",
      description =
          "From a marker to its window's first sample, seconds (default: ${DEFAULT-VALUE}).")
  private double offset;

  @Option(
      names = "--baseline",
      paramLabel = "S",
      arity = "2",
      description =
          "Two times within the window, seconds from its beginning, whose mean is taken from every channel.")
  private List<Double> baseline = List.of();

  @Option(
      names = "--every",
      paramLabel = "S",
      description = "From sliding window to sliding window, seconds (default: ${DEFAULT-VALUE}).")
  private double every = 0.25;

  @Option(
      names = "--subject",
      paramLabel = "N",
      description = "Whose signals they are, for encoders that tell subjects apart (default: 0).")
  private int subject;

  @Option(
      names = "--gallery",
      paramLabel = "G.npy|DATA",
      description =
          "Embeddings of the candidates that windows are ranked against; of a data set, the test stimuli.")
  private Path gallery;

  @Option(
      names = "--ids",
      paramLabel = "FILE",
      description = "Names of the candidates, a line each.")
  private Path ids;

  @Option(
      names = "--pictures",
      paramLabel = "DIR",
      description =
          "Pictures of the candidates, or of the markers, NAME.png or NAME.jpg, for the window.")
  private Path pictures;

  @Option(
      names = "--calibrate",
      paramLabel = "DATA",
      description = "Data set whose validation examples say how sure scores make us.")
  private Path calibrate;

  @Option(
      names = "--decide-at",
      paramLabel = "P",
      description = "Probability of the best candidate that is enough (default: ${DEFAULT-VALUE}).")
  private double decideAt = 0.9;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description = "After so many it abstains if nothing was decided (default: ${DEFAULT-VALUE}).")
  private int repetitions = 10;

  @Option(
      names = "--speed",
      paramLabel = "N|max",
      description = "How fast a replay goes (default: ${DEFAULT-VALUE}).")
  private String speed = "1";

  @Option(names = "--headless", description = "No window.")
  private boolean headless;

  @Option(
      names = "--dashboard",
      description =
          "One window of panels: signals, quality, spectrum, latency, averages, answers, pictures.")
  private boolean dashboard;

  @Option(
      names = "--outlet",
      paramLabel = "NAME",
      description = "Name of the stream of answers (default: ${DEFAULT-VALUE}).")
  private String outletName = "EfferentAnswers";

  @Option(
      names = "--duration",
      paramLabel = "S",
      description = "End after this many seconds (default: when the stream ends).")
  private double duration = Double.POSITIVE_INFINITY;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description =
          "How long to look for streams, and how long one may be silent (default: ${DEFAULT-VALUE}).")
  private double timeout = 10;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Keep embeddings.npy, answers.csv and run.json there.")
  private Path out;

  @Option(names = "--force", description = "Write into a folder that is not empty.")
  private boolean force;

  private LiveViews views;

  @Override
  public Integer call() throws InterruptedException {
    check();
    Lsl way = lsl.lsl();
    EncoderFile file = EncoderFile.read(encoder);
    LiveGallery candidates = gallery == null ? null : LiveGallery.read(gallery, ids);
    if (out != null) {
      RunRecord.folder(out, force);
    }
    try (Compute compute = device.open(Precision.SINGLE, output);
        Weights weights = file.on(compute)) {
      return run(file, weights, candidates, way);
    }
  }

  private void check() {
    if (!(every > 0) || !(timeout > 0 && timeout <= 86_400) || !(duration > 0)) {
      throw new UsageException(
          "--every, --timeout and --duration must be positive seconds; every=%s, timeout=%s, duration=%s"
              .formatted(every, timeout, duration));
    }
    if (gallery == null && (ids != null || calibrate != null)) {
      throw new UsageException("--ids and --calibrate go with --gallery");
    }
    if (gallery == null && !drawing.wanted() && pictures != null) {
      throw new UsageException("--pictures goes with --gallery or --generator");
    }
    drawing.check();
    if (dashboard && (headless || (input.replay != null && ReplayPace.parse(speed).isMax()))) {
      throw new UsageException(
          "--dashboard goes without --headless and with a session in time; choose another --speed");
    }
    if (input.replay != null && markers != null) {
      throw new UsageException("--markers goes with --stream; a replay brings its own");
    }
    if (sliding && (markers != null || !baseline.isEmpty())) {
      throw new UsageException("--sliding goes without --markers and --baseline");
    }
  }

  private Predicate<Marker> wanted() {
    try {
      Pattern pattern = Pattern.compile(event);
      return marker -> event.isEmpty() || pattern.matcher(marker.label()).matches();
    } catch (PatternSyntaxException e) {
      throw new UsageException(
          "--event is no regular expression: %s at %d".formatted(e.getDescription(), e.getIndex()),
          e);
    }
  }

  private int run(EncoderFile file, Weights weights, LiveGallery candidates, Lsl way)
      throws InterruptedException {
    MemoryRecording recording =
        input.replay == null ? null : LiveRecordings.read(input.replay, subject, output);
    boolean locked =
        !sliding && (markers != null || (recording != null && !recording.markers().isEmpty()));
    if (!locked && !baseline.isEmpty()) {
      throw new UsageException("--baseline goes with windows that are locked to markers");
    }
    int kept = (int) Math.ceil(5 * file.input().rateHz());
    EventQueue events = locked ? new EventQueue(offset, kept, wanted()) : null;
    try (LiveDecoder decoder = new LiveDecoder(file, weights, subject, events, every, baseline)) {
      EvidenceOptions evidence = null;
      if (candidates != null) {
        candidates.check(decoder.width());
        evidence = evidence(file, weights);
      }
      Map<String, Object> result = new LinkedHashMap<>();
      Throwable failure;
      try (LiveViews shown = LiveViews.open(kind(), candidates != null, drawing.wanted(), output);
          LivePictures drawn =
              drawing.wanted() ? drawn(decoder.width(), recording != null, shown) : null;
          LiveOutput to =
              new LiveOutput(
                  candidates,
                  evidence,
                  out,
                  way,
                  outletName,
                  candidates == null || headless
                      ? null
                      : new LiveScreen(pictures, decideAt, shown::ranking),
                  drawn)) {
        views = shown;
        failure =
            recording == null
                ? stream(decoder, events, to, way, result)
                : replay(recording, decoder, events, to, result);
        to.describe(result);
      }
      if (events != null) {
        result.put("events", events.offered());
        result.put("eventsLate", events.late());
        result.put("eventsLost", events.lost());
      }
      finish(result);
      return status(failure);
    }
  }

  private LivePictures drawn(int width, boolean replayed, LiveViews shown) {
    GeneratorConfig config = drawing.config();
    Generator generator = drawing.open(config, width);
    boolean whole = false;
    try {
      NamedPictures seen = new NamedPictures(pictures, read -> read);
      boolean all = replayed && ReplayPace.parse(speed).isMax();
      LivePictures made =
          new LivePictures(
              generator, drawing.seed(config), out, headless ? null : shown::drawn, seen, all);
      whole = true;
      return made;
    } finally {
      if (!whole) {
        generator.close();
      }
    }
  }

  private LiveViews.Kind kind() {
    return headless
        ? LiveViews.Kind.NOTHING
        : dashboard ? LiveViews.Kind.DASHBOARD : LiveViews.Kind.WINDOWS;
  }

  private EvidenceOptions evidence(EncoderFile file, Weights weights) {
    double scale = 20;
    double exponent = 1;
    if (calibrate == null) {
      output.note(
          "probabilities are not calibrated: name the encoder's data by --calibrate to make them so");
    } else {
      try (WindowDataset data = WindowDataset.open(calibrate)) {
        EvidenceCalibration found = LiveCalibration.of(file, weights, data);
        output.note(
            "calibrated on %d trials: scale %.3g, exponent %.2f, %.3f nats instead of %.3f",
            found.trials(), found.scale(), found.exponent(), found.loss(), found.lossBefore());
        scale = found.scale();
        exponent = found.exponent();
      }
    }
    try {
      return new EvidenceOptions(scale, exponent, decideAt, 1, repetitions);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--decide-at, --repetitions: " + e.getMessage(), e);
    }
  }

  private Throwable replay(
      MemoryRecording recording,
      LiveDecoder decoder,
      EventQueue events,
      LiveOutput to,
      Map<String, Object> result)
      throws InterruptedException {
    decoder.check(recording.info());
    ReplayPace pace = ReplayPace.parse(speed);
    if (pace.isMax()) {
      // Without threads and without loss: what it says is what an evaluation says.
      try (Source selected =
          selected(new ReplaySource(recording, ReplayOptions.DEFAULTS), decoder)) {
        Offline.run(SelectedChannels.of(recording, selected.info()), decoder.pipeline(), to);
      }
      result.put("samples", recording.rows());
      result.put("lost", 0);
      return null;
    }
    if (events != null) {
      recording.markers().forEach(events::offer);
    }
    ReplayOptions options =
        ReplayOptions.DEFAULTS.withSpeed(pace.factor()).withOriginalStamps(true);
    return session(
        selected(new ReplaySource(recording, options), decoder),
        decoder.pipeline(),
        to,
        FOREVER,
        result);
  }

  private Throwable stream(
      LiveDecoder decoder, EventQueue events, LiveOutput to, Lsl way, Map<String, Object> result)
      throws InterruptedException {
    Duration patience = Duration.ofNanos((long) (timeout * 1e9));
    LslSource source =
        LslSource.open(
            CursorStream.predicate(input.stream),
            patience,
            way,
            InletOptions.DEFAULTS.withEndOnDisconnect(true));
    try {
      decoder.check(source.info());
    } catch (EfferentException e) {
      source.close();
      throw e;
    }
    Source selected = selected(source, decoder);
    output.note(
        "encoding '%s' (%s Hz); Ctrl-C ends", source.info().name(), source.info().sampleRateHz());
    if (events == null) {
      return session(selected, decoder.pipeline(), to, patience, result);
    }
    MarkerFeed feed;
    try {
      feed = MarkerFeed.open(CursorStream.predicate(markers), patience, way, events);
    } catch (EfferentException e) {
      selected.close();
      throw e;
    }
    try (feed) {
      Throwable failure = session(selected, decoder.pipeline(), to, patience, result);
      return failure == null ? feed.failure() : failure;
    }
  }

  private static Source selected(Source source, LiveDecoder decoder) {
    try {
      return new ChannelSelection(source, decoder.labels());
    } catch (EfferentException e) {
      source.close();
      throw e;
    }
  }

  @SuppressWarnings("try") // closed before the results are read, and again at the end
  private Throwable session(
      Source source,
      Pipeline<Embedding> pipeline,
      Sink<Embedding> to,
      Duration patience,
      Map<String, Object> result)
      throws InterruptedException {
    SessionOptions options =
        SessionOptions.DEFAULTS.withSilences(SessionOptions.DEFAULTS.staleAfter(), patience);
    try (Interruption interruption = new Interruption();
        Session session = views.start(source, options, pipeline, to)) {
      long began = System.nanoTime();
      boolean ended = false;
      while (!ended
          && !interruption.wanted()
          && !views.stopped()
          && (System.nanoTime() - began) / 1e9 < duration) {
        ended = session.awaitEnd(Duration.ofMillis(100));
        views.counts(session);
      }
      session.close();
      result.put("samples", session.samples());
      result.put("lost", session.lost());
      result.put(
          "latencyMicros", CursorScore.micros(session.statistics(0).total(), 0.5, 0.95, 0.99));
      result.put(
          "decodeMicros", CursorScore.micros(session.statistics(0).decode(), 0.5, 0.95, 0.99));
      result.put("watchdogStops", session.watchdogStops());
      if (kind() == LiveViews.Kind.DASHBOARD) {
        result.put("dashboard", views.figures());
      }
      return session.failure().orElse(null);
    }
  }

  private int status(Throwable failure) {
    if (failure == null) {
      return 0;
    }
    if (failure instanceof EfferentException known) {
      output.note("%s", known.getMessage());
      return known.exitStatus();
    }
    CursorLoop.rethrow(failure);
    return 1;
  }

  private void finish(Map<String, Object> result) {
    if (out != null) {
      Map<String, Object> configuration = new LinkedHashMap<>();
      configuration.put("encoder", encoder.toString());
      configuration.put("stream", input.stream);
      configuration.put("replay", input.replay == null ? null : input.replay.toString());
      configuration.put("markers", markers);
      configuration.put("event", event);
      configuration.put("offset", offset);
      configuration.put("baseline", baseline);
      configuration.put("subject", subject);
      configuration.put("gallery", gallery == null ? null : gallery.toString());
      configuration.put("decideAt", decideAt);
      configuration.put("generator", drawing.wanted() ? drawing.file().toString() : null);
      configuration.put("repetitions", repetitions);
      RunRecord record = new RunRecord("encoder run", configuration, 0);
      record.input(encoder);
      if (drawing.wanted()) {
        record.input(drawing.file());
        if (drawing.prior() != null) {
          record.input(drawing.prior());
        }
      }
      if (gallery != null && !Files.isDirectory(gallery)) {
        record.input(gallery);
      }
      record.figures(result);
      record.write(out.resolve("run.json"), true);
    }
    output.text("%s", text(result));
    output.result(result);
  }

  private static String text(Map<String, Object> result) {
    StringBuilder text = new StringBuilder();
    result.forEach(
        (name, value) -> {
          String said =
              value instanceof Double d ? String.format(Locale.ROOT, "%.3f", d) : "" + value;
          text.append(String.format(Locale.ROOT, "%-24s %s%n", name, said));
        });
    return text.toString().stripTrailing();
  }

  /** The stream of answers, for those who open one. */
  static StreamOutlet answers(Lsl way, String name) {
    return way.openOutlet(
        LslStreamInfo.markers(name, "efferent-answers-" + java.util.UUID.randomUUID()));
  }
}
