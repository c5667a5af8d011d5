package org.efferent.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.efferent.core.Decoded;
import org.efferent.core.Estimate.Embedding;
import org.efferent.core.LatencyHistogram;
import org.efferent.core.LocalClock;
import org.efferent.core.Sink;
import org.efferent.generation.Generator;
import org.efferent.generation.LatestWins;
import org.efferent.generation.Picture;
import org.efferent.viz.DrawnView;

/**
 * Draws what a live encoder decodes, on a thread of its own: the newest embedding wins, and
 * decoding never waits. Every picture says which window it came from.
 */
final class LivePictures implements Sink<Embedding>, AutoCloseable {
  /** How long a picture that is being drawn at the end may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration FOREVER = Duration.ofDays(365);

  private final Generator generator;
  private final long seed;
  private final Path folder;
  private final Writer table;
  private final Consumer<DrawnView> shown;
  private final NamedPictures seen;
  private final LatestWins<Embedding, Picture> sink;
  private final LatencyHistogram times = new LatencyHistogram();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final boolean all;

  /**
   * Starts the thread.
   *
   * @param generator of the pictures; owned
   * @param seed of what the generator draws, the same for every picture
   * @param folder of the pictures and their table; null for none
   * @param shown hears of every picture, on the thread that draws; null for nobody
   * @param seen pictures of the markers' names, for the window
   * @param all whether whoever brings an embedding waits until it is drawn: nothing is passed over
   */
  LivePictures(
      Generator generator,
      long seed,
      Path folder,
      Consumer<DrawnView> shown,
      NamedPictures seen,
      boolean all) {
    this.all = all;
    this.generator = generator;
    this.seed = seed;
    this.folder = folder;
    this.shown = shown;
    this.seen = seen;
    this.table = folder == null ? null : table(folder);
    this.sink =
        new LatestWins<>(
            "pictures",
            this::draw,
            new LatestWins.Listener<>() {
              @Override
              public void finished(LatestWins.Result<Embedding, Picture> result) {
                LivePictures.this.finished(result);
              }

              @Override
              public void failed(Decoded<Embedding> decoded, Throwable cause) {
                failure.compareAndSet(null, cause);
              }
            },
            LocalClock.SYSTEM,
            PATIENCE);
  }

  private static Writer table(Path folder) {
    try {
      Files.createDirectories(folder.resolve("pictures"));
      Writer writer =
          Files.newBufferedWriter(folder.resolve("pictures.csv"), StandardCharsets.UTF_8);
      writer.write("file,firstSample,samples,stamp,event,workMillis,ageMillis\n");
      return writer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void accept(Decoded<Embedding> decoded) {
    sink.accept(decoded);
    if (all) {
      await();
    }
  }

  private void await() {
    try {
      sink.awaitIdle(FOREVER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Picture draw(Decoded<Embedding> decoded) {
    Picture made =
        generator
            .generate(decoded.estimate().values(), seed)
            .with("Software", "efferent " + Versions.program())
            .with(
                "Window",
                String.format(
                    Locale.ROOT,
                    "samples %d to %d, last stamp %.6f s",
                    decoded.firstIndex(),
                    decoded.firstIndex() + decoded.rows(),
                    decoded.stamp()));
    return decoded.event() == null ? made : made.with("Event", decoded.event().label());
  }

  private void finished(LatestWins.Result<Embedding, Picture> result) {
    times.record(result.workNanos());
    Decoded<Embedding> from = result.decoded();
    // Without a clock, a recording at full speed, there is no arrival.
    double age = all ? Double.NaN : (result.readyNanos() - from.arrivalNanos()) / 1e6;
    if (folder != null) {
      String file = "pictures/window-%012d.png".formatted(from.firstIndex());
      result.value().writePng(folder.resolve(file), true);
      write(
          String.format(
              Locale.ROOT,
              "%s,%d,%d,%.6f,%s,%.3f,%.3f%n",
              file,
              from.firstIndex(),
              from.rows(),
              from.stamp(),
              LiveOutput.quoted(from.event() == null ? "" : from.event().label()),
              result.workNanos() / 1e6,
              age));
    }
    if (shown != null) {
      show(result, age);
    }
  }

  private void show(LatestWins.Result<Embedding, Picture> result, double ageMillis) {
    String name = result.decoded().event() == null ? "" : result.decoded().event().label();
    BufferedImage stimulus = name.isEmpty() ? null : seen.get(name);
    LatestWins.Counts counts = sink.counts();
    shown.accept(
        new DrawnView(
            stimulus,
            name,
            result.value().image(),
            String.format(Locale.ROOT, "%.2f s", result.decoded().stamp())
                + (all ? "" : String.format(Locale.ROOT, ", %.0f ms after the window", ageMillis)),
            "%d drawn, %d passed over%s; F: full screen, Esc: end"
                .formatted(
                    counts.finished() + 1,
                    counts.cancelled(),
                    counts.failed() == 0 ? "" : ", " + counts.failed() + " failed")));
  }

  private void write(String line) {
    try {
      table.write(line);
      table.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the newest picture is drawn, as long as one may take at the end. */
  void finish() throws InterruptedException {
    sink.awaitIdle(PATIENCE);
  }

  /** What came of it, as values for JSON, and the first reason why one failed. */
  Map<String, Object> figures() {
    LatestWins.Counts counts = sink.counts();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("generator", generator.name());
    figures.put("accepted", counts.accepted());
    figures.put("drawn", counts.finished());
    figures.put("cancelled", counts.cancelled());
    figures.put("failed", counts.failed());
    Throwable cause = failure.get();
    figures.put("firstFailure", cause == null ? null : String.valueOf(cause.getMessage()));
    figures.put("listenerFailures", counts.listenerFailures());
    figures.put("workMicros", CursorScore.micros(times, 0.5, 0.95, 0.99));
    return figures;
  }

  @Override
  public void close() {
    sink.close();
    generator.close();
    if (table != null) {
      try {
        table.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
