package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efferent.cohort.recordings.LabelFile;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.NumericCsv;
import org.efferent.data.NumericTable;
import org.efferent.retrieval.control.ControlInput;
import org.efferent.retrieval.control.ControlResult;
import org.efferent.retrieval.control.ControlResult.NotRun;
import org.efferent.retrieval.control.ControlResult.Ran;
import org.efferent.retrieval.control.Controls;
import org.efferent.retrieval.control.Metadata;
import org.efferent.retrieval.control.Reencoder;
import org.efferent.retrieval.evaluate.EmbeddingFile;
import org.efferent.retrieval.evaluate.Embeddings;
import org.efferent.retrieval.protocol.Evaluation;
import org.efferent.retrieval.statistics.Bootstrap;
import org.efferent.retrieval.statistics.Interval;
import picocli.CommandLine.Option;

/** Controls of a retrieval: the switch, and what some of them need. */
final class RetrieveControlOptions {
  @Option(
      names = "--controls",
      description = "Run the controls: labels permuted, and those below that have their files.")
  boolean controls;

  @Option(
      names = "--noise-queries",
      paramLabel = "FILE",
      description = "What the encoder makes of noise of the same lengths; a row a query.")
  private String noise;

  @Option(
      names = "--shifted-queries",
      paramLabel = "FILE",
      description = "What it makes of recordings at other times than those of the stimuli.")
  private String shifted;

  @Option(
      names = "--metadata",
      paramLabel = "FILE.csv",
      description = "Numbers known of each query without the brain: position, length.")
  private Path metadata;

  @Option(
      names = "--gallery-metadata",
      paramLabel = "FILE.csv",
      description = "The same columns of each candidate.")
  private Path galleryMetadata;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description = "Targets of the training; refused if the gallery has one of them.")
  private String train;

  /** Says what contradicts what, before anything is read. */
  void check(boolean averaged) {
    boolean any =
        noise != null
            || shifted != null
            || metadata != null
            || galleryMetadata != null
            || train != null;
    if (any && !controls) {
      throw new UsageException(
          "--noise-queries, --shifted-queries, --metadata, --gallery-metadata and --train are for --controls; give it");
    }
    if ((metadata == null) != (galleryMetadata == null)) {
      throw new UsageException("--metadata and --gallery-metadata go together; give both");
    }
    if (averaged && (noise != null || shifted != null || metadata != null)) {
      throw new UsageException(
          "controls of single rows do not go with --repetitions; average before");
    }
  }

  /** Files that went in. */
  List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (String text : new String[] {noise, shifted, train}) {
      if (text != null) {
        files.add(LabelFile.path(text));
      }
    }
    if (metadata != null) {
      files.add(metadata);
      files.add(galleryMetadata);
    }
    return files;
  }

  /** Runs them. */
  List<ControlResult> run(Evaluation evaluation, Embeddings gallery, Bootstrap bootstrap) {
    try (Open open = new Open()) {
      Embeddings ofNoise = open.rows(noise, evaluation.truth().queries());
      Embeddings ofOthers = open.rows(shifted, evaluation.truth().queries());
      Reencoder encoder =
          (change, seed) ->
              Optional.ofNullable(change == Reencoder.Change.NOISE ? ofNoise : ofOthers);
      ControlInput input =
          new ControlInput(
              evaluation.scores(),
              gallery,
              evaluation.truth(),
              evaluation.factors(),
              encoder,
              metadata(evaluation),
              Optional.ofNullable(open.rows(train, 0)));
      return new Controls(Controls.DEFAULTS.permutations(), bootstrap).run(input);
    }
  }

  /** Files that are open as long as their rows are used. */
  private static final class Open implements AutoCloseable {
    private final List<EmbeddingFile> files = new ArrayList<>();

    Embeddings rows(String text, int wanted) {
      if (text == null) {
        return null;
      }
      EmbeddingFile file = EmbeddingFile.open(text);
      files.add(file);
      Embeddings rows = file.embeddings();
      if (wanted > 0 && rows.rows() != wanted) {
        throw new InputException(
            "%s: must have a row a query; rows=%d, queries=%d"
                .formatted(rows.name(), rows.rows(), wanted));
      }
      return rows;
    }

    @Override
    public void close() {
      files.forEach(EmbeddingFile::close);
    }
  }

  private List<Metadata> metadata(Evaluation evaluation) {
    if (metadata == null) {
      return List.of();
    }
    NumericTable queries = table(metadata, evaluation.truth().queries());
    NumericTable candidates = table(galleryMetadata, evaluation.truth().candidates());
    List<Metadata> all = new ArrayList<>();
    for (int c = 0; c < queries.columns(); c++) {
      String name = queries.columnNames().get(c);
      int other = candidates.columnNames().indexOf(name);
      if (other < 0) {
        throw new InputException(
            "%s: must have the columns of %s; '%s' is missing"
                .formatted(galleryMetadata, metadata, name));
      }
      all.add(Metadata.number(name, queries.column(c), candidates.column(other)));
    }
    return all;
  }

  private static NumericTable table(Path file, int rows) {
    NumericTable table = NumericCsv.read(file);
    if (table.columnNames().isEmpty()) {
      throw new InputException(file + ": metadata need a header that names the columns");
    }
    if (table.rows() != rows) {
      throw new InputException(
          "%s: must have as many rows as the embeddings; rows=%d, embeddings=%d"
              .formatted(file, table.rows(), rows));
    }
    return table;
  }

  /** One result as plain values. */
  static Map<String, Object> plain(ControlResult result) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("name", result.name());
    if (result instanceof NotRun not) {
      plain.put("ran", false);
      plain.put("note", not.why());
    } else if (result instanceof Ran ran) {
      plain.put("ran", true);
      plain.put("top1", ran.figures().top().get(1));
      plain.put("meanRelativeRank", ran.figures().meanRelativeRank());
      plain.put(
          "chance",
          Map.of(
              "top1",
              ran.chance().top().get(1),
              "meanRelativeRank",
              ran.chance().meanRelativeRank()));
      plain.put(
          "interval",
          Map.of("top1", ends(ran.top1()), "meanRelativeRank", ends(ran.meanRelativeRank())));
      plain.put("chanceInside", ran.chanceInside());
      plain.put("betterThanChance", ran.betterThanChance());
      plain.put("note", ran.note());
    }
    return plain;
  }

  /** An interval as two numbers. */
  static List<Double> ends(Interval interval) {
    return List.of(interval.low(), interval.high());
  }
}
