package org.efferent.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.StreamOutlet;
import org.efferent.core.Decoded;
import org.efferent.core.Estimate.Embedding;
import org.efferent.core.Sink;
import org.efferent.data.npy.NpyRowsWriter;
import org.efferent.retrieval.live.EvidenceOptions;

/**
 * Where a live encoder's estimates go: files that are written as they come, a stream of answers, a
 * window.
 */
final class LiveOutput implements Sink<Embedding>, AutoCloseable {
  private final LiveRetrieval retrieval;
  private final StreamOutlet outlet;
  private final LiveScreen screen;
  private final LivePictures pictures;
  private final Path folder;
  private final Writer answers;
  private NpyRowsWriter embeddings;
  private long windows;

  /**
   * Opens all of it.
   *
   * @param gallery candidates; null for none
   * @param evidence how they are weighed; null without candidates
   * @param folder of the files; null for none
   * @param way of LSL
   * @param outletName of the stream of answers
   * @param screen null for none
   * @param pictures what draws; null for nothing; the caller closes it
   */
  @SuppressWarnings("TooManyParameters") // Everywhere that estimates go.
  LiveOutput(
      LiveGallery gallery,
      EvidenceOptions evidence,
      Path folder,
      Lsl way,
      String outletName,
      LiveScreen screen,
      LivePictures pictures) {
    this.pictures = pictures;
    this.folder = folder;
    this.screen = screen;
    this.retrieval = gallery == null ? null : new LiveRetrieval(gallery, evidence, this::answer);
    this.answers = folder == null ? null : open(folder.resolve("answers.csv"));
    this.outlet = gallery == null ? null : EncoderRunCommand.answers(way, outletName);
  }

  private static Writer open(Path file) {
    try {
      Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
      writer.write("stamp,event,best,probability,repetitions,verdict\n");
      return writer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void accept(Decoded<Embedding> decoded) {
    windows++;
    if (pictures != null) {
      pictures.accept(decoded);
    }
    if (folder != null) {
      float[] values = decoded.estimate().values();
      if (embeddings == null) {
        embeddings = new NpyRowsWriter(folder.resolve("embeddings.npy"), values.length);
      }
      embeddings.add(values);
    }
    if (retrieval != null) {
      retrieval.accept(decoded);
    } else if (answers != null) {
      String event = decoded.event() == null ? "" : decoded.event().label();
      write("%.6f,%s,,,,".formatted(decoded.stamp(), quoted(event)));
    }
  }

  private void answer(LiveRetrieval.Answer answer) {
    outlet.push(new String[] {answer.json()}, StreamOutlet.NOW);
    if (answers != null) {
      write(
          String.format(
              Locale.ROOT,
              "%.6f,%s,%s,%.6f,%d,%s",
              answer.stamp(),
              quoted(answer.event()),
              quoted(answer.id()),
              answer.probability(),
              answer.repetitions(),
              answer.verdict().name().toLowerCase(Locale.ROOT)));
    }
    if (screen != null) {
      screen.show(answer);
    }
  }

  /** A text as a cell of a CSV. */
  static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private void write(String line) {
    try {
      answers.write(line + "\n");
      answers.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What came of it. */
  void describe(Map<String, Object> result) throws InterruptedException {
    result.put("windows", windows);
    if (retrieval != null) {
      result.put("retrieval", retrieval.figures());
    }
    if (pictures != null) {
      pictures.finish();
      result.put("pictures", pictures.figures());
    }
  }

  @Override
  public void close() {
    if (embeddings != null) {
      embeddings.close();
    }
    if (outlet != null) {
      outlet.close();
    }
    if (answers != null) {
      try {
        answers.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
