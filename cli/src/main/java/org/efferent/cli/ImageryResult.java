package org.efferent.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efferent.filters.features.ClassScore;

/**
 * How well imagined movements were told apart.
 *
 * @param scheme how recordings were divided
 * @param train names of the recordings that were learned from
 * @param test names of those that were scored
 * @param trials score of whole trials
 * @param bins score of bins whose window lies within a trial; they overlap
 */
record ImageryResult(
    String scheme, List<String> train, List<String> test, ClassScore trials, ClassScore bins) {

  Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("scheme", scheme);
    map.put("train", train);
    map.put("test", test);
    map.put("trials", trials.trials());
    map.put("correct", trials.correct());
    map.put("accuracy", trials.accuracy());
    map.put("chance", trials.chance());
    map.put("interval", trials.interval());
    map.put("p", trials.p());
    map.put("kappa", trials.kappa());
    List<List<Long>> confusion = new ArrayList<>();
    for (int truth = 0; truth < trials.classes(); truth++) {
      List<Long> row = new ArrayList<>();
      for (int answer = 0; answer < trials.classes(); answer++) {
        row.add(trials.count(truth, answer));
      }
      confusion.add(row);
    }
    map.put("confusion", confusion);
    map.put("bins", bins.trials());
    map.put("binAccuracy", bins.accuracy());
    return map;
  }

  String text() {
    double[] interval = trials.interval();
    return String.format(
        Locale.ROOT,
        "%s: %d of %d trials right, %.1f %% (95 %%: %.1f to %.1f), chance %.1f %%, p %.3g, kappa"
            + " %.2f; of bins %.1f %%",
        scheme,
        trials.correct(),
        trials.trials(),
        100 * trials.accuracy(),
        100 * interval[0],
        100 * interval[1],
        100 * trials.chance(),
        trials.p(),
        trials.kappa(),
        100 * bins.accuracy());
  }
}
