package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.efferent.cohort.recordings.LabelFile;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.NumericCsv;
import org.efferent.data.Tensor;
import org.efferent.data.TensorType;
import org.efferent.retrieval.control.ControlResult;
import org.efferent.retrieval.evaluate.EmbeddingFile;
import org.efferent.retrieval.evaluate.Embeddings;
import org.efferent.retrieval.evaluate.FigureOptions;
import org.efferent.retrieval.evaluate.Identity;
import org.efferent.retrieval.evaluate.Labels;
import org.efferent.retrieval.evaluate.Transductive;
import org.efferent.retrieval.evaluate.Truth;
import org.efferent.retrieval.protocol.Averages;
import org.efferent.retrieval.protocol.Evaluation;
import org.efferent.retrieval.protocol.Selection;
import org.efferent.retrieval.statistics.Bootstrap;
import org.efferent.retrieval.statistics.Interval;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code retrieve evaluate}: where the truth stands among a gallery.
 *
 * <p>Longer than 300 lines by the words of its options.
 */
@Command(
    name = "evaluate",
    description = "Ranks a gallery for embeddings; prints protocol, figures and chance.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent retrieve evaluate --queries test.npy --gallery images.npy --json",
      "  efferent retrieve evaluate --queries trials.npy --ids trials.csv#image \\",
      "    --subjects trials.csv#subject --gallery images.npy --gallery-ids images.txt \\",
      "    --repetitions 4 --controls",
      "",
      "Embeddings are FILE.npy or FILE.safetensors#NAME; [n,1,d] is read as [n,d]. Without --truth",
      "and --ids row i of the gallery answers row i. Ranks are 0-based, equals share theirs."
    })
final class RetrieveEvaluateCommand implements Callable<Integer> {
  @Mixin private OutputOptions output;
  @Mixin private RetrieveControlOptions control;

  @Option(names = "--queries", paramLabel = "FILE", required = true, description = "Embeddings.")
  private String queries;

  @Option(
      names = "--gallery",
      paramLabel = "FILE",
      required = true,
      description = "Embeddings of the candidates.")
  private String gallery;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "The right row of the gallery for each query, from 0: whole numbers.")
  private String truth;

  @Option(
      names = "--ids",
      paramLabel = "FILE",
      description = "Which stimulus each query is of: .npy, text, or FILE.csv#COLUMN.")
  private String ids;

  @Option(
      names = "--gallery-ids",
      paramLabel = "FILE",
      description = "Which stimulus, or concept, each candidate is.")
  private String galleryIds;

  @Option(
      names = "--several",
      description = "Several candidates may be of one stimulus; all of them are right.")
  private boolean several;

  @Option(
      names = "--subjects",
      paramLabel = "FILE",
      description = "Whose each query is: intervals are over subjects × stimuli.")
  private String subjects;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description =
          "Average embeddings of N repetitions of a stimulus and subject; 0 for all (default: "
              + "rows as they are).")
  private Integer repetitions;

  @Option(
      names = "--transductive",
      paramLabel = "csls|sinkhorn|z",
      description = "Let scores look at the whole test set; the protocol says so.")
  private String transductive = "none";

  @Option(
      names = "--selected-on",
      paramLabel = "validation|test",
      description = "What the encoder was chosen by, for the protocol.")
  private String selectedOn = "unknown";

  @Option(
      names = "--k",
      paramLabel = "K",
      split = ",",
      description = "Further k of top-k, beside 1, 5 and 10.")
  private List<Integer> k = List.of();

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      description = "Resamplings of intervals (default: ${DEFAULT-VALUE}).")
  private int draws = Bootstrap.DEFAULTS.draws();

  @Option(names = "--seed", description = "Of all draws (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write report.html, its pictures, queries.csv (a row a query), and run.json.")
  private Path out;

  @Option(
      names = "--pictures",
      paramLabel = "DIR",
      description =
          "Pictures of the candidates for the report, NAME.png or NAME.jpg by --gallery-ids.")
  private Path pictures;

  @Option(names = "--force", description = "Write into a folder that is not empty.")
  private boolean force;

  @Override
  public Integer call() {
    check();
    if (out != null) {
      RunRecord.folder(out, force);
    }
    try (EmbeddingFile left = EmbeddingFile.open(queries);
        EmbeddingFile right = EmbeddingFile.open(gallery)) {
      Bootstrap bootstrap = new Bootstrap(draws, 0.95, seed);
      Evaluation evaluation = evaluate(left.embeddings(), right.embeddings());
      Map<String, Interval> intervals = evaluation.intervals(bootstrap);
      List<ControlResult> controls =
          control.controls ? control.run(evaluation, right.embeddings(), bootstrap) : List.of();
      Map<String, Object> result = RetrieveResult.plain(evaluation, intervals, controls);
      SortedMap<Integer, Interval> curve =
          repetitionCurve(left.embeddings(), right.embeddings(), bootstrap);
      if (curve.size() > 1) {
        Map<String, Object> said = new LinkedHashMap<>();
        curve.forEach(
            (n, one) ->
                said.put(
                    Integer.toString(n),
                    Map.of("top1", one.value(), "low", one.low(), "high", one.high())));
        result.put("byRepetitions", said);
      }
      write(evaluation, result, left.path(), right.path());
      report(evaluation, intervals, controls, curve);
      RetrieveResult.print(output, evaluation, intervals, controls);
      output.result(result);
    }
    return 0;
  }

  private void check() {
    if (pictures != null && out == null) {
      throw new UsageException("--pictures go into the report; name a folder for it by --out");
    }
    if (truth != null && ids != null) {
      throw new UsageException("--truth and --ids both say what is right; give one of them");
    }
    if ((ids == null) != (galleryIds == null)) {
      throw new UsageException("--ids and --gallery-ids go together; give both");
    }
    if (repetitions != null && (ids == null || repetitions < 0)) {
      throw new UsageException(
          "--repetitions must be at least 1, or 0 for all, and needs --ids; repetitions="
              + repetitions);
    }
    if (draws < 100) {
      throw new UsageException("--bootstrap must be at least 100; bootstrap=" + draws);
    }
    if (k.stream().anyMatch(one -> one < 1)) {
      throw new UsageException("--k must be at least 1; k=" + k);
    }
    control.check(repetitions != null);
  }

  private Evaluation evaluate(Embeddings rows, Embeddings candidates) {
    Labels labels = Labels.of(rows.rows());
    if (subjects != null) {
      labels = labels.with(Identity.SUBJECT, LabelFile.read(subjects, rows.rows()));
    }
    if (ids != null) {
      labels = labels.with(Identity.STIMULUS, LabelFile.read(ids, rows.rows()));
    }
    Embeddings asked = rows;
    if (repetitions != null) {
      List<Identity> by = new ArrayList<>(List.of(Identity.STIMULUS));
      if (subjects != null) {
        by.add(Identity.SUBJECT);
      }
      Averages averages = Averages.of(rows, labels, by, repetitions, seed);
      asked = averages.rows();
      labels = averages.labels();
    }
    Transductive kind = choice(Transductive.values(), "--transductive", transductive);
    TreeSet<Integer> top = new TreeSet<>(FigureOptions.DEFAULTS.top());
    top.addAll(k);
    return new Evaluation(
        protocol(kind),
        kind.scores(asked, candidates),
        truth(labels, candidates.rows()),
        labels,
        FigureOptions.DEFAULTS.withTop(List.copyOf(top)));
  }

  /** Top-1 of averages of 1, 2, 4 … repetitions, where rows are single trials that repeat. */
  private SortedMap<Integer, Interval> repetitionCurve(
      Embeddings rows, Embeddings candidates, Bootstrap bootstrap) {
    SortedMap<Integer, Interval> curve = new TreeMap<>();
    if (ids == null || repetitions != null) {
      return curve;
    }
    Labels labels = Labels.of(Identity.STIMULUS, LabelFile.read(ids, rows.rows()));
    List<Identity> by = new ArrayList<>(List.of(Identity.STIMULUS));
    if (subjects != null) {
      labels = labels.with(Identity.SUBJECT, LabelFile.read(subjects, rows.rows()));
      by.add(Identity.SUBJECT);
    }
    int fewest = Averages.fewest(labels, by);
    for (int n = 1; fewest > 1 && n <= fewest; n = n < fewest ? Math.min(2 * n, fewest) : n + 1) {
      Averages averages = n == 1 ? null : Averages.of(rows, labels, by, n, seed);
      Labels ofRows = n == 1 ? labels : averages.labels();
      Evaluation of =
          new Evaluation(
              List.of(),
              Transductive.NONE.scores(n == 1 ? rows : averages.rows(), candidates),
              truth(ofRows, candidates.rows()),
              ofRows,
              FigureOptions.DEFAULTS);
      curve.put(n, of.intervals(bootstrap).get("top1"));
    }
    return curve;
  }

  private static <E extends Enum<E>> E choice(E[] all, String option, String word) {
    List<String> known = new ArrayList<>();
    for (E one : all) {
      String name = one.name().toLowerCase(Locale.ROOT);
      if (name.equals(word.toLowerCase(Locale.ROOT))) {
        return one;
      }
      known.add(name);
    }
    throw new UsageException(
        "%s must be one of %s; given=%s".formatted(option, String.join(", ", known), word));
  }

  private List<String> protocol(Transductive kind) {
    List<String> lines = new ArrayList<>();
    lines.add("scores: " + (kind == Transductive.NONE ? "cosine" : kind.describe()));
    lines.add(
        truth != null
            ? "truth: a row of the gallery a query, from a file"
            : ids != null
                ? "truth: candidates of the same stimulus" + (several ? ", several may be" : "")
                : "truth: row i of the gallery answers row i");
    lines.add(
        repetitions == null
            ? "averaging: rows as they came; whether they are single trials is not known here"
            : "averaged embeddings: of %s repetitions of a %s"
                .formatted(
                    repetitions == 0 ? "all" : repetitions,
                    subjects == null ? "stimulus" : "stimulus and subject"));
    lines.add(choice(Selection.values(), "--selected-on", selectedOn).describe());
    return lines;
  }

  private Truth truth(Labels labels, int candidates) {
    if (ids != null) {
      return Truth.ofIdentities(
          labels.get(Identity.STIMULUS),
          LabelFile.read(galleryIds, candidates),
          several ? Truth.Several.ACCEPT : Truth.Several.REFUSE);
    }
    if (truth == null) {
      return Truth.sameRow(labels.rows(), candidates);
    }
    Tensor tensor = EmbeddingFile.tensor(truth);
    double[] values = tensor.doubles();
    boolean whole =
        tensor.type() != TensorType.BOOL && Arrays.stream(values).allMatch(v -> v == Math.rint(v));
    if (!whole || values.length != labels.rows()) {
      throw new InputException(
          "%s: must be a whole number a query; queries=%d, numbers=%d, type=%s"
              .formatted(truth, labels.rows(), values.length, tensor.type()));
    }
    long[] rows = Arrays.stream(values).mapToLong(v -> (long) v).toArray();
    return Truth.ofRows(truth, rows, candidates);
  }

  private void write(Evaluation evaluation, Map<String, Object> result, Path left, Path right) {
    if (out == null) {
      return;
    }
    List<String> names = evaluation.queries().names();
    NumericCsv.write(
        out.resolve("queries.csv"), names, names.size(), evaluation.queries().table(), force);
    RunRecord record = new RunRecord("retrieve evaluate", configuration(), seed);
    record.input(left);
    record.input(right);
    for (String text : new String[] {truth, ids, galleryIds, subjects}) {
      if (text != null) {
        record.input(LabelFile.path(text));
      }
    }
    control.files().forEach(record::input);
    record.figures(result);
    record.write(out.resolve("run.json"), force);
    output.note("wrote %s", out.toString());
  }

  private void report(
      Evaluation evaluation,
      Map<String, Interval> intervals,
      List<ControlResult> controls,
      SortedMap<Integer, Interval> curve) {
    if (out == null) {
      return;
    }
    List<String> names =
        galleryIds == null
            ? List.of()
            : LabelFile.read(galleryIds, evaluation.scores().candidates());
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Version", Versions.program());
    facts.put("Queries", queries);
    facts.put("Gallery", gallery);
    facts.put("Seed", Long.toString(seed));
    new RetrieveReport(evaluation, intervals, controls, names, pictures).write(out, facts, curve);
  }

  private Map<String, Object> configuration() {
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("queries", queries);
    configuration.put("gallery", gallery);
    configuration.put("truth", truth);
    configuration.put("ids", ids);
    configuration.put("galleryIds", galleryIds);
    configuration.put("several", several);
    configuration.put("subjects", subjects);
    configuration.put("repetitions", repetitions);
    configuration.put("transductive", transductive);
    configuration.put("selectedOn", selectedOn);
    configuration.put("bootstrap", draws);
    configuration.put("controls", control.controls);
    return configuration;
  }
}
