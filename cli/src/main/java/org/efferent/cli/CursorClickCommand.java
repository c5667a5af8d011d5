package org.efferent.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.efferent.core.UsageException;
import org.efferent.filters.click.ClickDecoder;
import org.efferent.filters.click.ClickFile;
import org.efferent.filters.click.ClickTraining;
import org.efferent.filters.session.ClickRows;
import org.efferent.filters.session.SessionState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cursor click}: a click decoder learned from recorded sessions. */
@Command(
    name = "click",
    description = "Learns a click from sessions in which it was imagined on the target.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent cursor click --session session1 session2 --kind hmm --save click.safetensors",
      "",
      "Ask the participant to imagine the click while the cursor rests on the target. The rule: of the",
      "bins in the states of --from-state, those that begin with the cursor within half the diameter of",
      "the cued target's centre are clicks, all others moves. The first 70 %% of the bins train, the",
      "last 30 %% choose the threshold and give the figures; what is saved is trained on all of them."
    })
final class CursorClickCommand implements Callable<Integer> {
  @Mixin private OutputOptions output;

  @Option(
      names = "--session",
      paramLabel = "FOLDER",
      arity = "1..*",
      required = true,
      description = "Folders of sessions (bins.xdf), in the order in which they were recorded.")
  private List<Path> sessions;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      required = true,
      description = "The click decoder, for cursor session --click.")
  private Path save;

  @Option(
      names = "--kind",
      paramLabel = "lda|hmm",
      description =
          "lda: every bin by itself; hmm: a hidden Markov model of move and click (default: lda).")
  private ClickDecoder.Kind kind = ClickDecoder.Kind.LDA;

  @Option(
      names = "--most-false",
      paramLabel = "SHARE",
      description =
          "Of the bins without a click that may be taken for one (default: ${DEFAULT-VALUE}).")
  private double mostFalse = 0.01;

  @Option(
      names = "--from-state",
      paramLabel = "STATE",
      split = ",",
      description =
          "States whose bins are used: calibrating-open, calibrating-closed or running, several with"
              + " commas (default: ${DEFAULT-VALUE}).")
  private List<String> states = List.of(SessionState.CALIBRATING_OPEN.id());

  @Option(names = "--force", description = "Replace a file that exists.")
  private boolean force;

  @Override
  public Integer call() {
    if (!(mostFalse > 0 && mostFalse <= 1)) {
      throw new UsageException("--most-false must be above 0, at most 1; most-false=" + mostFalse);
    }
    RunRecord.refuseExisting(save, force);
    Set<SessionState> used = used();
    ClickRows rows = new ClickRows();
    sessions.forEach(folder -> rows.add(folder, used));
    ClickTraining.Result trained = rows.train(kind, mostFalse);
    ClickFile.save(trained.decoder(), save, force);
    output.note("wrote %s", save.toString());
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("kind", kind.name().toLowerCase(java.util.Locale.ROOT));
    result.put("states", used.stream().map(SessionState::id).toList());
    result.put("features", rows.labels().size());
    result.put("rows", rows.rows());
    result.put("skippedRows", rows.skipped());
    result.put("clickShare", (double) rows.clicks() / rows.rows());
    result.put("threshold", trained.decoder().threshold());
    result.put("heldOutRows", trained.heldOut());
    result.put("heldOutAccuracy", trained.accuracy());
    result.put("heldOutFalseShare", trained.falseShare());
    result.put("heldOutMissedShare", trained.missedShare());
    if (trained.falseShare() > mostFalse) {
      output.note(
          "no threshold keeps false clicks below %s; at the highest, %s, they are %.3f of the bins off the target",
          mostFalse, trained.decoder().threshold(), trained.falseShare());
    }
    output.text(
        "%d rows of %d features, %.1f %% of them clicks",
        rows.rows(), rows.labels().size(), 100.0 * rows.clicks() / rows.rows());
    output.text(
        "held out, at the threshold %s: %.1f %% right, %.2f %% of moves false, %.1f %% of clicks missed",
        trained.decoder().threshold(),
        100 * trained.accuracy(),
        100 * trained.falseShare(),
        100 * trained.missedShare());
    output.result(result);
    return 0;
  }

  private Set<SessionState> used() {
    Set<SessionState> known =
        EnumSet.of(
            SessionState.CALIBRATING_OPEN, SessionState.CALIBRATING_CLOSED, SessionState.RUNNING);
    Set<SessionState> used = EnumSet.noneOf(SessionState.class);
    for (String name : states) {
      used.add(
          Arrays.stream(SessionState.values())
              .filter(s -> known.contains(s) && s.id().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UsageException(
                          "--from-state must be %s; from-state=%s"
                              .formatted(
                                  known.stream()
                                      .map(SessionState::id)
                                      .collect(Collectors.joining(", ")),
                                  name))));
    }
    return used;
  }
}
