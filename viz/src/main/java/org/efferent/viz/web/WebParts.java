package org.efferent.viz.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.efferent.viz.RankingView;
import org.efferent.viz.dashboard.EvokedSnapshot;
import org.efferent.viz.dashboard.HealthView;
import org.efferent.viz.dashboard.PicturesSnapshot;
import org.efferent.viz.dashboard.QualitySnapshot;
import org.efferent.viz.dashboard.SignalSnapshot;
import org.efferent.viz.dashboard.SpectrogramSnapshot;
import org.efferent.viz.dashboard.SpectrumSnapshot;
import org.efferent.viz.dashboard.StateSnapshot;

/** Writes snapshots into an update. Used by one thread. */
final class WebParts {
  private static final int ROWS = 1;
  private static final int GAP = 2;
  private static final double TENTH = 0.1;

  private final WebPictures pictures;

  WebParts(WebPictures pictures) {
    this.pictures = pictures;
  }

  /** Columns {@code [signals x columns]}, their flags, and what each row's middle and edge are. */
  void signals(UpdateWriter to, SignalSnapshot of) {
    ObjectNode into = to.words().putObject("signals");
    into.put("first", of.firstColumn());
    into.put("rows", of.rows());
    into.put("gaps", of.gaps());
    number(into, "end", of.endStamp());
    ArrayNode marks = into.putArray("marks");
    of.marks().forEach(m -> marks.addArray().add(of.firstColumn() + m.column()).add(m.label()));
    int begun = to.begin();
    for (int c = 0; c < of.columns(); c++) {
      to.add((of.filled(c) ? ROWS : 0) | (of.gap(c) ? GAP : 0));
    }
    to.end(into, "flags", begun);
    begun = to.begin();
    of.signals().forEach(s -> to.add(s.centre()));
    to.end(into, "centre", begun);
    begun = to.begin();
    of.signals().forEach(s -> to.add(s.halfRange()));
    to.end(into, "half", begun);
    begun = to.begin();
    for (int s = 0; s < of.signals().size(); s++) {
      for (int c = 0; c < of.columns(); c++) {
        to.add(of.low(s, c));
      }
    }
    to.end(into, "low", begun);
    begun = to.begin();
    for (int s = 0; s < of.signals().size(); s++) {
      for (int c = 0; c < of.columns(); c++) {
        to.add(of.high(s, c));
      }
    }
    to.end(into, "high", begun);
  }

  /** Decibels {@code [columns x bins]} of the selected channel. */
  void spectrogram(UpdateWriter to, SpectrogramSnapshot of) {
    ObjectNode into = to.words().putObject("spectrogram");
    into.put("label", of.label());
    into.put("unit", of.unit());
    into.put("first", of.firstColumn());
    into.put("columns", of.columns());
    into.put("bins", of.bins());
    into.put("binHz", of.binHz());
    into.put("columnSeconds", of.columnSeconds());
    into.put("capacity", of.capacity());
    int begun = to.begin();
    for (int c = 0; c < of.columns(); c++) {
      for (int b = 0; b < of.bins(); b++) {
        to.add(of.decibels(c, b));
      }
    }
    to.end(into, "decibels", begun);
  }

  /** The selected channel, and at each frequency the least, middle and largest tenth of all. */
  void spectrum(UpdateWriter to, SpectrumSnapshot of) {
    ObjectNode into = to.words().putObject("spectrum");
    into.put("selected", of.selected());
    into.put("unit", of.unit());
    into.put("binHz", of.binHz());
    into.put("segments", of.segments());
    int bins = of.segments() == 0 ? 0 : of.bins();
    int begun = to.begin();
    for (int b = 0; b < bins; b++) {
      to.add(of.decibels(of.selected(), b));
    }
    to.end(into, "selectedDecibels", begun);
    float[] sorted = new float[of.labels().size()];
    float[][] shares = new float[3][bins];
    for (int b = 0; b < bins; b++) {
      int n = 0;
      for (int c = 0; c < sorted.length; c++) {
        float v = of.decibels(c, b);
        if (!Float.isNaN(v)) {
          sorted[n++] = v;
        }
      }
      Arrays.sort(sorted, 0, n);
      shares[0][b] = n == 0 ? Float.NaN : sorted[(int) (TENTH * (n - 1))];
      shares[1][b] = n == 0 ? Float.NaN : sorted[n / 2];
      shares[2][b] = n == 0 ? Float.NaN : sorted[(int) Math.ceil((1 - TENTH) * (n - 1))];
    }
    String[] names = {"lowDecibels", "middleDecibels", "highDecibels"};
    for (int i = 0; i < names.length; i++) {
      begun = to.begin();
      for (float v : shares[i]) {
        to.add(v);
      }
      to.end(into, names[i], begun);
    }
  }

  /** Every channel's state, amplitude and place. */
  void quality(UpdateWriter to, QualitySnapshot of) {
    ObjectNode into = to.words().putObject("quality");
    into.put("unit", of.unit());
    ArrayNode channels = into.putArray("channels");
    for (QualitySnapshot.Channel c : of.channels()) {
      ObjectNode one = channels.addObject();
      one.put("label", c.label());
      one.put("state", c.state().word());
      one.put("sign", c.state().sign());
      number(one, "amplitude", c.amplitude());
      number(one, "line", c.lineShare());
      number(one, "missing", c.missingShare());
      number(one, "x", c.x());
      number(one, "y", c.y());
    }
  }

  /** Averages of the selected channel. */
  void evoked(UpdateWriter to, EvokedSnapshot of) {
    ObjectNode into = to.words().putObject("evoked");
    into.put("selected", of.selected());
    into.put("unit", of.unit());
    into.put("begin", of.beginSeconds());
    into.put("step", of.stepSeconds());
    into.put("others", of.others());
    into.put("skipped", of.skipped());
    ArrayNode averages = into.putArray("averages");
    for (int a = 0; a < of.averages().size(); a++) {
      ObjectNode one = averages.addObject();
      one.put("label", of.averages().get(a).label());
      one.put("count", of.averages().get(a).count());
      int begun = to.begin();
      for (int s = 0; s < of.samples(); s++) {
        to.add(of.value(a, of.selected(), s));
      }
      to.end(one, "mean", begun);
    }
  }

  /** The trail as pairs, and the ellipse around its end. */
  void state(UpdateWriter to, StateSnapshot of) {
    ObjectNode into = to.words().putObject("state");
    into.put("nameX", of.nameX());
    into.put("nameY", of.nameY());
    into.put("estimates", of.estimates());
    number(into, "major", of.ellipse().major());
    number(into, "minor", of.ellipse().minor());
    number(into, "angle", of.ellipse().angle());
    int begun = to.begin();
    for (int i = 0; i < of.points(); i++) {
      to.add(of.x(i));
      to.add(of.y(i));
    }
    to.end(into, "trail", begun);
  }

  /** Latency and loss. */
  void health(UpdateWriter to, HealthView of) {
    ObjectNode into = to.words().putObject("health");
    number(into, "rate", of.rateHz());
    into.put("rows", of.rows());
    into.put("lost", of.lost());
    into.put("laps", of.laps());
    into.put("late", of.deadlineMisses());
    into.put("stale", of.stale());
    into.put("silences", of.silences());
    ArrayNode latencies = into.putArray("latencies");
    for (HealthView.Latency l : of.latencies()) {
      ObjectNode one = latencies.addObject();
      one.put("name", l.name());
      number(one, "p50", l.p50());
      number(one, "p95", l.p95());
      number(one, "p99", l.p99());
      number(one, "max", l.max());
    }
    int begun = to.begin();
    of.seconds().forEach(s -> to.add(s.rows()));
    to.end(into, "secondRows", begun);
    begun = to.begin();
    of.seconds().forEach(s -> to.add((double) s.lost()));
    to.end(into, "secondLost", begun);
  }

  /** The best answers. */
  void ranking(UpdateWriter to, RankingView of) {
    ObjectNode into = to.words().putObject("ranking");
    into.put("headline", of.headline());
    into.put("state", of.state().word());
    number(into, "threshold", of.threshold());
    ArrayNode answers = into.putArray("answers");
    for (RankingView.Answer a : of.answers()) {
      ObjectNode one = answers.addObject();
      one.put("name", a.name());
      one.put("probability", a.probability());
      if (a.picture() != null) {
        one.put("picture", pictures.number(a.picture()));
      }
    }
  }

  /** Numbers of the pictures, the newest first, and how old they are. */
  void pictures(UpdateWriter to, PicturesSnapshot of) {
    ObjectNode into = to.words().putObject("pictures");
    into.put("made", of.made());
    ArrayNode all = into.putArray("pictures");
    for (int i = 0; i < of.pictures().size(); i++) {
      ObjectNode one = all.addObject();
      one.put("picture", pictures.number(of.pictures().get(i).image()));
      one.put("window", of.pictures().get(i).window());
      number(one, "age", of.ageSeconds(i));
    }
  }

  /** A number; null where JSON has none. */
  private static void number(ObjectNode into, String name, double value) {
    if (Double.isFinite(value)) {
      into.put(name, value);
    } else {
      into.putNull(name);
    }
  }
}
