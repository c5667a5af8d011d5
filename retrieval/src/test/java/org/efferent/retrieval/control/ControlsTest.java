package org.efferent.retrieval.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.efferent.retrieval.Material;
import org.efferent.retrieval.control.ControlResult.NotRun;
import org.efferent.retrieval.control.ControlResult.Ran;
import org.efferent.retrieval.evaluate.CosineScores;
import org.efferent.retrieval.evaluate.Embeddings;
import org.efferent.retrieval.evaluate.Truth;
import org.efferent.retrieval.statistics.Bootstrap;
import org.efferent.retrieval.statistics.Factor;
import org.junit.jupiter.api.Test;

class ControlsTest {
  private static final int STIMULI = 60;
  private static final Controls CONTROLS = new Controls(100, new Bootstrap(300, 0.95, 3));

  private final Embeddings gallery = Material.random("gallery", STIMULI, 16, 1);
  private final Truth truth;
  private final Embeddings queries;
  private final List<Factor> factors;

  ControlsTest() {
    // Three queries a stimulus.
    long[] rows = IntStream.range(0, 3 * STIMULI).mapToLong(q -> q % STIMULI).toArray();
    truth = Truth.ofRows("truth", rows, STIMULI);
    queries = Material.noisy(gallery, Arrays.stream(rows).mapToInt(r -> (int) r).toArray(), 0.8, 2);
    factors = List.of(new Factor("stimuli", truth.stimuli()));
  }

  private List<ControlResult> run(
      Reencoder encoder, List<Metadata> metadata, Optional<Embeddings> training) {
    return CONTROLS.run(
        new ControlInput(
            CosineScores.of(queries, gallery),
            gallery,
            truth,
            factors,
            encoder == null ? Reencoder.NONE : encoder,
            metadata,
            training));
  }

  private static Ran named(List<ControlResult> results, String name) {
    return results.stream()
        .filter(r -> r.name().equals(name))
        .map(Ran.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anHonestEncoderIsAtChanceInAll() {
    double[] position = IntStream.range(0, 3 * STIMULI).mapToDouble(q -> q * 7919 % 180).toArray();
    double[] order = IntStream.range(0, STIMULI).mapToDouble(c -> c * 31 % 60 * 3).toArray();
    List<String> before =
        IntStream.range(0, 3 * STIMULI).mapToObj(q -> "s" + q * 7919 % 31 % 6).toList();
    List<String> beforeInGallery =
        IntStream.range(0, STIMULI).mapToObj(c -> "s" + c * 31 % 37 % 6).toList();
    List<ControlResult> results =
        run(
            (change, seed) ->
                Optional.of(
                    Material.random(
                        change.name(), 180, 16, change == Reencoder.Change.NOISE ? 7 : 8)),
            List.of(
                Metadata.number("position", position, order),
                Metadata.category("stimulus before", before, beforeInGallery)),
            Optional.of(Material.random("training", 100, 16, 9)));
    assertThat(results)
        .extracting(ControlResult::name)
        .containsExactly(
            "permuted labels",
            "noise input",
            "time-shifted stimuli",
            "sensor-blind: position",
            "sensor-blind: stimulus before");
    for (ControlResult result : results) {
      Ran ran = (Ran) result;
      assertThat(ran.chanceInside()).as(ran.toString()).isTrue();
      assertThat(ran.chance().top().get(1)).isCloseTo(1.0 / STIMULI, within(1e-12));
      assertThat(ran.note()).doesNotContain("chance");
    }
    Ran permuted = named(results, "permuted labels");
    assertThat(permuted.figures().meanRelativeRank()).isCloseTo(0.5, within(0.02));
    // The true labels are better than all of a hundred permutations: p = 1 / 101.
    assertThat(permuted.note())
        .isEqualTo("100 permutations; p of the true labels at top-1: 0.0099");
  }

  /** An encoder that finds the answer in noise, such as by the length of its input. */
  @Test
  void anAnswerFoundInNoiseIsSeen() {
    List<ControlResult> results =
        run(
            (change, seed) -> Optional.of(change == Reencoder.Change.NOISE ? queries : noise()),
            List.of(),
            Optional.empty());
    Ran noise = named(results, "noise input");
    assertThat(noise.chanceInside()).isFalse();
    assertThat(noise.betterThanChance()).isTrue();
    assertThat(noise.note()).endsWith("BETTER than chance: look for a leak");
    assertThat(named(results, "time-shifted stimuli").chanceInside()).isTrue();
    assertThat(results.stream().filter(NotRun.class::isInstance).map(ControlResult::name))
        .containsExactly("sensor-blind", "duplicates between splits");
  }

  private static Embeddings noise() {
    return Material.random("noise", 180, 16, 12);
  }

  @Test
  void lengthsThatGiveTheAnswerAwayAreSeenWithoutTheBrain() {
    // Two stimuli share a length.
    double[] ofCandidates = IntStream.range(0, STIMULI).mapToDouble(c -> c - c % 2).toArray();
    double[] ofQueries =
        IntStream.range(0, 3 * STIMULI).mapToDouble(q -> ofCandidates[q % STIMULI]).toArray();
    Ran blind =
        named(
            run(
                null,
                List.of(Metadata.number("length", ofQueries, ofCandidates)),
                Optional.empty()),
            "sensor-blind: length");
    assertThat(blind.figures().top().get(1)).isCloseTo(0.5, within(1e-12));
    assertThat(blind.chanceInside()).isFalse();
    assertThat(blind.betterThanChance()).isTrue();
    // What never comes twice in a row is known not to be the one before: no leak of the answer.
    double[] before = IntStream.range(0, 3 * STIMULI).mapToDouble(q -> q % 6).toArray();
    double[] never = IntStream.range(0, STIMULI).mapToDouble(c -> (c + 1) % 6).toArray();
    Ran excluded =
        named(
            run(
                null,
                List.of(Metadata.category("before", names(before), names(never))),
                Optional.empty()),
            "sensor-blind: before");
    assertThat(excluded.chanceInside()).isFalse();
    assertThat(excluded.betterThanChance()).isFalse();
    assertThatThrownBy(() -> Metadata.number("length", new double[] {Double.NaN}, ofCandidates))
        .hasMessage("metadata must be finite; length of row 0 (from 0) is NaN");
  }

  @Test
  void targetsOfTheTrainingInTheGalleryAreRefused() {
    assertThatThrownBy(() -> run(null, List.of(), Optional.of(gallery.select(new int[] {4, 9}))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("2 pairs are equal");
  }

  /** Forty times the controls of an encoder that says nothing: false alarms stay rare. */
  @Test
  void falseAlarmsAreRare() {
    int alarms = 0;
    int runs = 40;
    for (int i = 0; i < runs; i++) {
      int seed = 100 + i;
      List<ControlResult> results =
          run(
              (change, s) -> Optional.of(Material.random("n", 180, 16, seed)),
              List.of(),
              Optional.empty());
      alarms += named(results, "noise input").chanceInside() ? 0 : 1;
    }
    assertThat(alarms).isLessThanOrEqualTo(5);
  }

  @Test
  void withoutTheEncoderItIsSaidWhatIsMissing() {
    List<ControlResult> results = run(null, List.of(), Optional.empty());
    List<String> missing = new ArrayList<>();
    results.forEach(r -> missing.add(r instanceof NotRun n ? n.why() : "ran"));
    assertThat(missing)
        .containsExactly(
            "ran",
            "it needs the encoder again, or what it made of it",
            "it needs the encoder again, or what it made of it",
            "no metadata were given",
            "no training targets were given");
  }

  private static List<String> names(double[] numbers) {
    return Arrays.stream(numbers).mapToObj(n -> "s" + n).toList();
  }
}
