package org.efferent.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efferent.cohort.recordings.EvokedRecordings;
import org.efferent.decoders.evoked.AreaUnderCurve;
import org.efferent.decoders.evoked.EvokedScore;

/**
 * How well evoked responses were told apart.
 *
 * @param classes the two; a decoder's larger scores are the second
 * @param runs the recordings
 * @param limit peak to peak of a trial that is learned from, microvolt
 * @param permuted whether classes were exchanged at random
 * @param seed of networks and of the exchange
 * @param scores of each decoder
 */
record EvokedReport(
    List<String> classes,
    List<EvokedRecordings.Run> runs,
    double limit,
    boolean permuted,
    long seed,
    List<EvokedScore> scores) {

  Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("scheme", "leave-one-run-out");
    map.put("classes", classes);
    map.put("channels", runs.get(0).channels());
    map.put("refusedChannels", runs.get(0).refused());
    map.put("sampleRateHz", runs.get(0).trials().epochs().sampleRateHz());
    map.put("permuted", permuted);
    map.put("seed", seed);
    map.put("chance", 0.5);
    map.put("interval", "95 %, DeLong, over trials");
    map.put("runs", runs.stream().map(this::describe).toList());
    map.put("decoders", scores.stream().map(this::describe).toList());
    map.put(
        "best",
        scores.stream()
            .max(Comparator.comparingDouble(score -> score.mean().value()))
            .map(EvokedScore::decoder)
            .orElseThrow());
    return map;
  }

  private int beyond(EvokedRecordings.Run run) {
    return run.trials().count() - run.trials().within(limit).count();
  }

  private Map<String, Object> describe(EvokedRecordings.Run run) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("run", run.name());
    map.put("trials", run.trials().count());
    for (int label = 0; label < 2; label++) {
      map.put("trialsOfClass" + label, run.trials().count(label));
    }
    map.put("leftOutOfLearning", beyond(run));
    map.put("cutOff", run.cutOff());
    map.put("damaged", run.damaged());
    return map;
  }

  private Map<String, Object> describe(EvokedScore score) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("decoder", score.decoder());
    put(map, score.mean());
    List<Map<String, Object>> each = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("run", runs.get(i).name());
      one.put("trials", runs.get(i).trials().count());
      put(one, score.runs().get(i));
      each.add(one);
    }
    map.put("runs", each);
    return map;
  }

  private static void put(Map<String, Object> map, AreaUnderCurve area) {
    map.put("auc", area.value());
    map.put("low", area.low());
    map.put("high", area.high());
  }

  /** A line a recording, then a line a decoder. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (EvokedRecordings.Run run : runs) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s: %d trials (%s %d, %s %d), %d of them beyond %s µV and not learned from; besides %d cut off, %d damaged",
              run.name(),
              run.trials().count(),
              classes.get(0),
              run.trials().count(0),
              classes.get(1),
              run.trials().count(1),
              beyond(run),
              limit,
              run.cutOff(),
              run.damaged()));
    }
    for (EvokedScore score : scores) {
      StringBuilder each = new StringBuilder();
      for (AreaUnderCurve area : score.runs()) {
        each.append(String.format(Locale.ROOT, " %.3f", area.value()));
      }
      AreaUnderCurve mean = score.mean();
      lines.add(
          String.format(
              Locale.ROOT,
              "%-10s AUC %.3f (95 %%: %.3f to %.3f), chance 0.5; runs%s",
              score.decoder(),
              mean.value(),
              mean.low(),
              mean.high(),
              each));
    }
    return lines;
  }
}
