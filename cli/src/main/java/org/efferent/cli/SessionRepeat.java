package org.efferent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.filters.session.CursorSession;
import org.efferent.filters.session.SessionBins;
import org.efferent.filters.session.SessionReplay;
import org.efferent.filters.task.TrialBlock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Steps through a session's folder once more and compares every bin with what was recorded. */
record SessionRepeat(Path folder, OutputOptions output) {
  /** Only what determines a session; what else was said is not looked at. */
  @Command
  private static final class Words {
    @Mixin private SessionPlan plan;
  }

  int run() {
    try (SessionBins bins = SessionBins.open(folder)) {
      Words words = words();
      words.plan.use(folder);
      BitSet taken = bins.taken();
      output.note("stepping through %d bins of %s …", bins.size(), folder);
      try (CursorSession session =
          words.plan.recorded(bins.features(), step -> taken.get((int) step))) {
        SessionReplay.Result compared = SessionReplay.run(bins, session);
        Map<String, Object> result = result(words.plan, session, compared);
        output.text(
            "%d bins, %d of them differ from the recording, the largest difference is %s",
            compared.bins(), compared.differing(), compared.largest());
        compared.byColumn().forEach((column, n) -> output.text("  %s: %d", column.label(), n));
        output.result(result);
        return compared.differing() == 0 ? 0 : 1;
      }
    }
  }

  private Words words() {
    Path file = folder.resolve(CursorSessionCommand.FILE);
    List<String> arguments = new ArrayList<>();
    try {
      JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file));
      json.path("configuration").path("arguments").forEach(word -> arguments.add(word.asText()));
    } catch (IOException e) {
      throw new InputException(
          file + ": cannot be read; it says how the session was made: " + e.getMessage(), e);
    }
    Words words = new Words();
    try {
      new CommandLine(words)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .setUnmatchedArgumentsAllowed(true)
          .parseArgs(arguments.toArray(new String[0]));
    } catch (CommandLine.ParameterException e) {
      throw new InputException(
          "%s: its arguments are not those of a session: %s".formatted(file, e.getMessage()), e);
    }
    return words;
  }

  private static Map<String, Object> result(
      SessionPlan plan, CursorSession session, SessionReplay.Result compared) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("task", plan.task().kind().id());
    result.put("filter", plan.decoder().kind().id());
    result.put("bins", compared.bins());
    result.put("differingBins", compared.differing());
    result.put("maxDifferenceFromSession", compared.largest());
    Map<String, Object> columns = new LinkedHashMap<>();
    compared
        .byColumn()
        .forEach((column, n) -> columns.put(column.name().toLowerCase(Locale.ROOT), n));
    result.put("differingColumns", columns);
    result.put("lateBins", session.lateBins());
    result.put("watchdogStops", session.watchdogStops());
    TrialBlock all = plan.task().block("session", session.loop().finished());
    result.put("trials", all.trials().size());
    result.put("session", all.byName());
    return result;
  }
}
