package org.efferent.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.efferent.cohort.recordings.LabelFile;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.retrieval.evaluate.EmbeddingFile;
import org.efferent.retrieval.evaluate.FigureOptions;
import org.efferent.retrieval.evaluate.Identity;
import org.efferent.retrieval.evaluate.Labels;
import org.efferent.retrieval.protocol.Evaluation;
import org.efferent.retrieval.protocol.Selection;
import org.efferent.retrieval.protocol.SpeechProtocol;
import org.efferent.retrieval.protocol.SpeechProtocol.Context;
import org.efferent.retrieval.statistics.Bootstrap;
import org.efferent.retrieval.statistics.Interval;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code retrieve speech}: which segment was heard, by the protocol of speech decoding. */
@Command(
    name = "speech",
    description = "Ranks segments of speech for windows, as speech decoding is published.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent retrieve speech --queries test.npy --ids test.npy.csv#stimulus \\",
      "    --gallery gallery.npy --gallery-ids gallery.npy.txt --context mean --weight 1",
      "",
      "Candidates are the unique segments; scores are the softmax of inner products with segments of",
      "length one. The sentence of a segment is the first group of --sentence in its name."
    })
final class RetrieveSpeechCommand implements Callable<Integer> {
  @Mixin private OutputOptions output;

  @Option(names = "--queries", paramLabel = "FILE", required = true, description = "Windows.")
  private String queries;

  @Option(
      names = "--ids",
      paramLabel = "FILE",
      required = true,
      description = "Which segment each window is of: .npy, text, or FILE.csv#COLUMN.")
  private String ids;

  @Option(
      names = "--gallery",
      paramLabel = "FILE",
      required = true,
      description = "Embeddings of the segments.")
  private String gallery;

  @Option(
      names = "--gallery-ids",
      paramLabel = "FILE",
      required = true,
      description = "What each segment is called; those that come again are left out.")
  private String galleryIds;

  @Option(
      names = "--words",
      paramLabel = "FILE",
      description = "The word of each window; with --gallery-words, words are ranked too.")
  private String words;

  @Option(
      names = "--gallery-words",
      paramLabel = "FILE",
      description = "The word that each segment begins with.")
  private String galleryWords;

  @Option(
      names = "--sentence",
      paramLabel = "REGEX",
      description = "What of a segment's name is its sentence (default: ${DEFAULT-VALUE}).")
  private String sentence = "(.*)-w[0-9]+";

  @Option(
      names = "--context",
      paramLabel = "none|sum|mean",
      description =
          "What windows of the same sentence say to one another (default: ${DEFAULT-VALUE}).")
  private String context = "none";

  @Option(
      names = "--weight",
      paramLabel = "W",
      description = "How much of the context is added (default: ${DEFAULT-VALUE}).")
  private double weight = 1;

  @Option(
      names = "--subjects",
      paramLabel = "FILE",
      description = "Whose each window is: intervals are over subjects × stimuli.")
  private String subjects;

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      description = "Resamplings of intervals (default: ${DEFAULT-VALUE}).")
  private int draws = Bootstrap.DEFAULTS.draws();

  @Option(names = "--seed", description = "Of the resamplings (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() {
    if ((words == null) != (galleryWords == null)) {
      throw new UsageException("--words and --gallery-words go together; give both");
    }
    if (draws < 100) {
      throw new UsageException("--bootstrap must be at least 100; bootstrap=" + draws);
    }
    SpeechProtocol protocol = protocol();
    try (EmbeddingFile left = EmbeddingFile.open(queries);
        EmbeddingFile right = EmbeddingFile.open(gallery)) {
      int n = left.embeddings().rows();
      int m = right.embeddings().rows();
      Labels windows = labels(ids, words, n);
      if (subjects != null) {
        windows = windows.with(Identity.SUBJECT, LabelFile.read(subjects, n));
      }
      int[] lengths = new int[m];
      Arrays.fill(lengths, right.embeddings().width());
      SpeechProtocol.Result made =
          protocol.evaluate(
              left.embeddings(),
              windows,
              right.embeddings(),
              labels(galleryIds, galleryWords, m),
              lengths);
      say(made);
    }
    return 0;
  }

  private SpeechProtocol protocol() {
    for (Context one : Context.values()) {
      if (one.name().toLowerCase(Locale.ROOT).equals(context)) {
        try {
          return new SpeechProtocol(
              words != null,
              one,
              one == Context.NONE ? 0 : weight,
              Selection.UNKNOWN,
              FigureOptions.DEFAULTS);
        } catch (IllegalArgumentException e) {
          throw new UsageException("--weight must be above 0; weight=" + weight, e);
        }
      }
    }
    throw new UsageException("--context must be none, sum or mean; context=" + context);
  }

  private Labels labels(String names, String ofWords, int rows) {
    List<String> all = LabelFile.read(names, rows);
    Labels labels = Labels.of(Identity.STIMULUS, all).with(Identity.SENTENCE, sentences(all));
    return ofWords == null ? labels : labels.with(Identity.WORD, LabelFile.read(ofWords, rows));
  }

  private List<String> sentences(List<String> names) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(sentence);
    } catch (PatternSyntaxException e) {
      throw new UsageException(
          "--sentence is no regular expression: %s at %d"
              .formatted(e.getDescription(), e.getIndex()),
          e);
    }
    List<String> out = new ArrayList<>();
    for (String name : names) {
      Matcher matcher = pattern.matcher(name);
      if (!matcher.matches() || matcher.groupCount() < 1) {
        throw new InputException(
            "segment '%s' does not tell its sentence by --sentence '%s'; name a pattern with a group that does"
                .formatted(name, sentence));
      }
      out.add(matcher.group(1));
    }
    return out;
  }

  private void say(SpeechProtocol.Result made) {
    Bootstrap bootstrap = new Bootstrap(draws, 0.95, seed);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("segments", part(made.segments(), bootstrap, "segments"));
    made.words().ifPresent(of -> result.put("words", part(of, bootstrap, "words")));
    result.put("sameSentence", made.sameSentence());
    output.text("%nfirst answer in the right sentence: %.4f", made.sameSentence());
    output.result(result);
  }

  private Map<String, Object> part(Evaluation of, Bootstrap bootstrap, String what) {
    Map<String, Interval> intervals = of.intervals(bootstrap);
    output.text("%n%s", what);
    RetrieveResult.print(output, of, intervals, List.of());
    return RetrieveResult.plain(of, intervals, List.of());
  }
}
