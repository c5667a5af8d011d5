package org.efferent.viz.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.efferent.core.LatencyHistogram;
import org.efferent.viz.RankingView;
import org.efferent.viz.dashboard.DashboardModels;
import org.efferent.viz.dashboard.EvokedSnapshot;
import org.efferent.viz.dashboard.HealthView;
import org.efferent.viz.dashboard.PicturesSnapshot;
import org.efferent.viz.dashboard.QualitySnapshot;
import org.efferent.viz.dashboard.SignalModel;
import org.efferent.viz.dashboard.SignalSnapshot;
import org.efferent.viz.dashboard.SpectrogramSnapshot;
import org.efferent.viz.dashboard.SpectrumSnapshot;
import org.efferent.viz.dashboard.StateSnapshot;

/**
 * Makes updates of models: at each beat every model is asked at most once for viewers that are
 * equally far, and what has not changed is not sent. Used by one thread.
 */
final class WebUpdates {
  /** Beats between looks at what changes slowly. */
  private static final int SLOW = 15;

  /** Beats between the last two seconds again: markers come late. */
  private static final int AGAIN = 30;

  private static final double AGAIN_SECONDS = 2;
  private static final int SPECTROGRAM = 3;

  private final DashboardModels models;
  private final WebParts parts;
  private final List<String> panels;
  private final ObjectMapper mapper = new ObjectMapper();
  private final LatencyHistogram asking = new LatencyHistogram();
  private final LatencyHistogram writing = new LatencyHistogram();
  private final Map<WebPart, Long> versions = new EnumMap<>(WebPart.class);
  private final Map<WebPart, Object> marks = new EnumMap<>(WebPart.class);
  private final Map<Viewer.Need, WebUpdate> made = new HashMap<>();
  private final Map<Long, SignalSnapshot> signals = new HashMap<>();
  private long beat = -1;
  private QualitySnapshot quality;
  private SpectrumSnapshot spectrum;
  private EvokedSnapshot evoked;
  private StateSnapshot state;
  private HealthView health;
  private RankingView ranking;
  private PicturesSnapshot shown;

  /**
   * Nothing was sent yet.
   *
   * @param models that are asked
   * @param pictures where pictures get their numbers
   * @param panels keys of those in sight
   */
  WebUpdates(DashboardModels models, WebPictures pictures, List<String> panels) {
    this.models = models;
    this.panels = List.copyOf(panels);
    parts = new WebParts(pictures);
  }

  /** How long models took to answer, each question one. */
  LatencyHistogram asking() {
    return asking;
  }

  /** How long an update took to write. */
  LatencyHistogram writing() {
    return writing;
  }

  private <T> T ask(Supplier<T> model) {
    long begun = System.nanoTime();
    T answer = model.get();
    asking.record(System.nanoTime() - begun);
    return answer;
  }

  /** A new beat: looks what has changed. */
  void beat() {
    beat++;
    made.clear();
    signals.clear();
    int selected = models.selected();
    state = ask(models.state()::snapshot);
    changed(WebPart.STATE, state.estimates());
    ranking = models.ranking().snapshot();
    changed(WebPart.RANKING, System.identityHashCode(ranking));
    boolean other = evoked != null && evoked.selected() != selected;
    if (beat % SLOW == 0 || other) {
      quality = ask(models.quality()::snapshot);
      changed(WebPart.QUALITY, quality);
      evoked = ask(models.evoked()::snapshot);
      changed(WebPart.EVOKED, List.of(selected, evoked.others(), evoked.skipped(), counts(evoked)));
    }
    if (beat % (2 * SLOW) == SLOW / 2 || other || spectrum == null) {
      spectrum = models.spectrum().snapshot(); // not measured: most of it is made without the lock
      changed(WebPart.SPECTRUM, List.of(selected, models.rows()));
    }
    if (beat % SLOW == SLOW / 3 || health == null) {
      health = ask(models.health()::snapshot);
      changed(WebPart.HEALTH, health);
      shown = ask(models.pictures()::snapshot);
      changed(WebPart.PICTURES, shown.made());
    }
  }

  private static List<Long> counts(EvokedSnapshot of) {
    return of.averages().stream().map(EvokedSnapshot.Average::count).toList();
  }

  /** Counts up the version of a part where its mark is another one. */
  private void changed(WebPart part, Object mark) {
    if (!mark.equals(marks.put(part, mark))) {
      versions.merge(part, 1L, Long::sum);
    }
  }

  /** The update of this beat for a viewer. */
  WebUpdate update(Viewer.Need need) {
    WebUpdate known = made.get(need);
    if (known == null) {
      known = make(need);
      made.put(need, known);
    }
    return known;
  }

  private WebUpdate make(Viewer.Need need) {
    long after = need.signalsAfter();
    if (beat % AGAIN == 0 && after != Long.MIN_VALUE) {
      after -= (long) (AGAIN_SECONDS / models.signals().window() * SignalModel.COLUMNS);
      after = Math.max(-1, after);
    }
    SignalSnapshot columns =
        signals.computeIfAbsent(after, a -> ask(() -> models.signals().snapshot(a)));
    boolean turn = need.whole() || beat % SPECTROGRAM == 0;
    SpectrogramSnapshot spectrogram =
        turn ? ask(() -> models.spectrogram().snapshot(need.spectrogramAfter())) : null;
    long begun = System.nanoTime();
    UpdateWriter writer = new UpdateWriter(mapper);
    if (need.whole()) {
      hello(writer.words().putObject("hello"), columns);
    }
    parts.signals(writer, columns);
    long spectrogramUpTo = need.spectrogramAfter();
    if (spectrogram != null && (need.whole() || spectrogram.columns() > 0)) {
      parts.spectrogram(writer, spectrogram);
      spectrogramUpTo = spectrogram.firstColumn() + spectrogram.columns() - 1;
    }
    for (WebPart part : WebPart.values()) {
      if (!versions.get(part).equals(need.seen().get(part))) {
        part(part, writer);
      }
    }
    byte[] bytes = writer.bytes();
    writing.record(System.nanoTime() - begun);
    // The newest column still grows.
    long upTo = columns.firstColumn() + columns.columns() - 2;
    return new WebUpdate(bytes, Math.max(-1, upTo), spectrogramUpTo, versions);
  }

  private void part(WebPart part, UpdateWriter writer) {
    switch (part) {
      case QUALITY -> parts.quality(writer, quality);
      case SPECTRUM -> parts.spectrum(writer, spectrum);
      case EVOKED -> parts.evoked(writer, evoked);
      case STATE -> parts.state(writer, state);
      case HEALTH -> parts.health(writer, health);
      case RANKING -> parts.ranking(writer, ranking);
      case PICTURES -> parts.pictures(writer, shown);
    }
  }

  /** What does not change: names, lengths, panels. */
  private void hello(ObjectNode hello, SignalSnapshot of) {
    hello.put("stream", of.title());
    hello.put("type", models.info().type());
    hello.put("rate", models.info().sampleRateHz());
    hello.put("montage", of.montage());
    hello.put("window", of.windowSeconds());
    hello.put("columns", SignalModel.COLUMNS);
    ArrayNode shownPanels = hello.putArray("panels");
    panels.forEach(shownPanels::add);
    ArrayNode channels = hello.putArray("channels");
    models.info().channels().forEach(c -> channels.add(c.label()));
    ArrayNode named = hello.putArray("signals");
    of.signals().forEach(s -> named.addArray().add(s.label()).add(s.unit()));
  }
}
