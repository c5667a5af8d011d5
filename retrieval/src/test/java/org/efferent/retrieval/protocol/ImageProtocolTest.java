package org.efferent.retrieval.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.retrieval.Material;
import org.efferent.retrieval.evaluate.Embeddings;
import org.efferent.retrieval.evaluate.FigureOptions;
import org.efferent.retrieval.evaluate.Identity;
import org.efferent.retrieval.evaluate.Labels;
import org.efferent.retrieval.evaluate.Transductive;
import org.efferent.retrieval.protocol.ImageProtocol.Averaging;
import org.efferent.retrieval.protocol.ImageProtocol.Gallery;
import org.efferent.retrieval.protocol.ImageProtocol.People;
import org.efferent.retrieval.protocol.ImageProtocol.TestSet;
import org.efferent.retrieval.statistics.Bootstrap;
import org.junit.jupiter.api.Test;

class ImageProtocolTest {
  private static final int IMAGES = 50;
  private static final int SUBJECTS = 3;
  private static final int REPETITIONS = 8;

  private final Embeddings gallery = Material.random("gallery", IMAGES, 24, 1);
  private final List<String> names =
      IntStream.range(0, IMAGES).mapToObj(i -> "image " + i).toList();
  private final Embeddings trials;
  private final Labels labels;

  ImageProtocolTest() {
    int n = IMAGES * SUBJECTS * REPETITIONS;
    int[] image = new int[n];
    List<String> subject = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      image[i] = i % IMAGES;
      subject.add("s" + i / IMAGES % SUBJECTS);
    }
    trials = Material.noisy(gallery, image, 4, 2);
    labels =
        Labels.of(Identity.STIMULUS, IntStream.of(image).mapToObj(names::get).toList())
            .with(Identity.SUBJECT, subject);
  }

  @Test
  void averagesOfMoreRepetitionsFindMore() {
    SortedMap<Integer, Evaluation> curve =
        ImageProtocol.DEFAULTS.repetitionCurve(
            trials, labels, gallery, names, List.of(1, 2, 4, 8, 16), 0);
    assertThat(curve).containsOnlyKeys(1, 2, 4, 8);
    double one = curve.get(1).figures().top().get(1);
    double eight = curve.get(8).figures().top().get(1);
    assertThat(one).isGreaterThan(curve.get(1).chance().top().get(1));
    assertThat(curve.get(4).figures().top().get(1)).isGreaterThan(one + 0.1);
    assertThat(eight).isGreaterThan(curve.get(4).figures().top().get(1));
    // Single trials are queries each, averages one a subject and image.
    assertThat(curve.get(1).figures().queries()).isEqualTo(1200);
    assertThat(curve.get(8).figures().queries()).isEqualTo(150);
    assertThat(curve.get(8).protocol())
        .contains("averaged embeddings: of 8 repetitions of a subject");
    assertThat(curve.get(1).protocol()).contains("single trials");
    Evaluation across =
        ImageProtocol.DEFAULTS
            .averaging(Averaging.EMBEDDINGS_ACROSS_SUBJECTS, 0)
            .evaluate(trials, labels, gallery, names, 0);
    assertThat(across.figures().queries()).isEqualTo(50);
    assertThat(across.figures().top().get(1)).isGreaterThan(eight);
    assertThat(across.protocol())
        .contains("averaged embeddings: of all repetitions over all subjects");
  }

  @Test
  void theProtocolIsPrintedAboveItsFigures() {
    Evaluation evaluation =
        new ImageProtocol(
                TestSet.SMALL,
                Gallery.STIMULI,
                Averaging.EMBEDDINGS,
                8,
                People.LEAVE_ONE_OUT,
                Selection.VALIDATION,
                Transductive.CSLS,
                FigureOptions.DEFAULTS)
            .evaluate(trials, labels, gallery, names, 0);
    assertThat(evaluation.protocol())
        .containsExactly(
            "task: which image was seen, zero-shot: neither it nor its concept was in training",
            "small test set: the images that were shown again and again",
            "gallery: the images shown, one candidate each",
            "averaged embeddings: of 8 repetitions of a subject",
            "leave one subject out: trained on the other subjects alone",
            "selection: chosen on validation data; the test set was looked at once",
            "transductive: scores less the means of the ten nearest of query and candidate (CSLS)",
            "150 queries of 50 stimuli among 50 candidates, 3 subjects",
            "3 subjects cannot carry a signed-rank test at 0.05: its smallest p is 0.25; report each subject and the interval over stimuli");
    assertThat(evaluation.bySubject("top1")).containsOnlyKeys("s0", "s1", "s2");
    assertThat(
            evaluation.bySubject("top1").values().stream()
                .mapToDouble(v -> v)
                .average()
                .orElseThrow())
        .isCloseTo(evaluation.figures().top().get(1), within(1e-12));
    assertThat(evaluation.intervals(new Bootstrap(200, 0.95, 0)).get("top1").over())
        .isEqualTo("subjects × stimuli");
  }

  @Test
  void conceptCentresAreAnotherTask() {
    List<String> concepts = IntStream.range(0, IMAGES).mapToObj(i -> "concept " + i / 5).toList();
    Labels withConcepts =
        labels.with(
            Identity.CONCEPT,
            labels.get(Identity.STIMULUS).stream()
                .map(s -> concepts.get(names.indexOf(s)))
                .toList());
    Averages centres =
        Averages.of(
            gallery, Labels.of(Identity.CONCEPT, concepts), List.of(Identity.CONCEPT), 0, 0);
    assertThat(centres.rows().rows()).isEqualTo(10);
    float mean = 0;
    for (int i = 0; i < 5; i++) {
      mean += gallery.row(5 + i)[3] / 5;
    }
    assertThat(centres.rows().row(1)[3]).isCloseTo(mean, within(1e-6f));
    ImageProtocol protocol =
        new ImageProtocol(
            TestSet.SMALL,
            Gallery.CONCEPT_CENTRES,
            Averaging.EMBEDDINGS,
            8,
            People.WITHIN,
            Selection.TEST,
            Transductive.NONE,
            FigureOptions.DEFAULTS);
    Evaluation evaluation =
        protocol.evaluate(
            trials, withConcepts, centres.rows(), centres.labels().get(Identity.CONCEPT), 0);
    assertThat(evaluation.figures().gallery()).isEqualTo(10);
    assertThat(evaluation.chance().top().get(1)).isCloseTo(0.1, within(1e-12));
    assertThat(evaluation.figures().top().get(1)).isGreaterThan(0.2);
    assertThat(evaluation.protocol())
        .contains(
            "gallery: concept centres, means of other images of each concept",
            "selection: CHOSEN ON THE TEST SET: the figure is too good, and not comparable");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(
            () ->
                new ImageProtocol(
                    TestSet.SMALL,
                    Gallery.STIMULI,
                    Averaging.NONE,
                    80,
                    People.WITHIN,
                    Selection.UNKNOWN,
                    Transductive.NONE,
                    FigureOptions.DEFAULTS))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "single trials are averages of 1 repetition, and no others are; averaging=NONE, repetitions=80");
    ImageProtocol inputs = ImageProtocol.DEFAULTS.averaging(Averaging.INPUTS, 8);
    assertThatThrownBy(() -> inputs.evaluate(trials, labels, gallery, names, 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("1050 rows are repetitions; average inputs before they are encoded");
    ImageProtocol nine = ImageProtocol.DEFAULTS.averaging(Averaging.EMBEDDINGS, 9);
    assertThatThrownBy(() -> nine.evaluate(trials, labels, gallery, names, 0))
        .hasMessage("noisy: every mean needs 9 repetitions; [image 0, s0] has 8; average fewer");
  }

  /** The stimulus is in the signal from 0.2 to 0.4 s alone. */
  @Test
  void curvesOverTimeFindWhenItIsThere() {
    int[] rows = IntStream.range(0, IMAGES).toArray();
    Labels known = Labels.of(Identity.STIMULUS, names);
    WindowCurve curve =
        WindowCurve.of(
            ImageProtocol.DEFAULTS,
            TimeWindow.sliding(0, 0.6, 0.2, 0.1),
            window -> {
              double overlap =
                  Math.max(
                      0, Math.min(0.4, window.endSeconds()) - Math.max(0.2, window.startSeconds()));
              return overlap > 1e-9
                  ? Material.noisy(gallery, rows, 0.2 / overlap, 5)
                  : Material.random("noise", IMAGES, 24, 6);
            },
            known,
            gallery,
            names,
            "top1",
            new Bootstrap(200, 0.95, 0));
    assertThat(curve.points()).hasSize(5);
    assertThat(curve.points().get(2).window()).hasToString("0.200 to 0.400 s");
    assertThat(curve.points().get(2).interval().low())
        .isGreaterThan(curve.points().get(1).interval().value() - 0.2)
        .isGreaterThan(curve.points().get(2).chance());
    assertThat(curve.points().get(0).interval().value()).isLessThan(0.15);
    assertThat(curve.points().get(4).interval().value()).isLessThan(0.15);
    assertThat(TimeWindow.growing(0, 1, 0.1)).hasSize(10).last().isEqualTo(new TimeWindow(0, 1));
    assertThat(TimeWindow.shrinking(0, 1, 0.25).get(3)).isEqualTo(new TimeWindow(0.75, 1));
  }
}
