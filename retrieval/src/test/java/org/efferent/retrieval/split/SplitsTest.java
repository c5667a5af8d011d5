package org.efferent.retrieval.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.efferent.data.split.SentenceSplit.Part;
import org.efferent.retrieval.Material;
import org.efferent.retrieval.evaluate.Embeddings;
import org.efferent.retrieval.evaluate.Identity;
import org.efferent.retrieval.evaluate.Labels;
import org.junit.jupiter.api.Test;

class SplitsTest {
  private static final Set<Identity> APART = EnumSet.of(Identity.STIMULUS, Identity.SENTENCE);

  /** Ten sentences of four segments, heard by two subjects. */
  private static Labels speech() {
    List<String> stimuli = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    List<String> subjects = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      stimuli.add("segment " + i % 40);
      sentences.add("sentence " + i % 40 / 4);
      subjects.add("subject " + i / 40);
    }
    return Labels.of(Identity.STIMULUS, stimuli)
        .with(Identity.SENTENCE, sentences)
        .with(Identity.SUBJECT, subjects);
  }

  @Test
  void whatHasOneIdentityStaysTogether() {
    Labels labels = speech();
    Assignment parts = Splits.byIdentity(labels, Identity.SENTENCE, 0.2, 0.1, 5);
    assertThat(parts.rows(Part.TEST)).hasSize(16);
    assertThat(parts.rows(Part.VALID)).hasSize(8);
    assertThat(parts.rows(Part.TRAIN)).hasSize(56);
    assertThat(LeakCheck.DEFAULTS.identities(labels, parts, APART)).isEmpty();
    // The order of the rows does not matter, the seed does.
    List<Integer> turned = new ArrayList<>(IntStream.range(0, 80).boxed().toList());
    Collections.reverse(turned);
    Assignment other =
        Splits.byIdentity(
            labels.select(turned.stream().mapToInt(i -> i).toArray()),
            Identity.SENTENCE,
            0.2,
            0.1,
            5);
    for (int r = 0; r < 80; r++) {
      assertThat(other.part(79 - r)).isEqualTo(parts.part(r));
    }
    assertThat(Splits.byIdentity(labels, Identity.SENTENCE, 0.2, 0.1, 6).rows(Part.TEST))
        .isNotEqualTo(parts.rows(Part.TEST));
  }

  @Test
  void aSplitByStimulusLeaksSentences() {
    Labels labels = speech();
    Assignment parts = Splits.byIdentity(labels, Identity.STIMULUS, 0.3, 0, 1);
    List<Leak> leaks = LeakCheck.DEFAULTS.identities(labels, parts, APART);
    assertThat(leaks).singleElement().extracting(Leak::kind).isEqualTo(Leak.Kind.IDENTITY);
    assertThat(leaks.get(0).message())
        .startsWith("the same sentence lies in two parts; ")
        .endsWith("divide by sentence");
    assertThatThrownBy(() -> LeakCheck.refuse(leaks))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("leak: the same sentence lies in two parts");
  }

  @Test
  void subjectsAreHeldOutAndStimuliThenLieInBoth() {
    Labels labels = speech();
    assertThat(Splits.values(labels, Identity.SUBJECT)).containsExactly("subject 0", "subject 1");
    Assignment parts = Splits.holdOut(labels, Identity.SUBJECT, Set.of("subject 1"));
    assertThat(parts.rows(Part.TEST)).isEqualTo(IntStream.range(40, 80).toArray());
    assertThat(LeakCheck.DEFAULTS.identities(labels, parts, Set.of(Identity.SUBJECT))).isEmpty();
    assertThat(LeakCheck.DEFAULTS.identities(labels, parts, APART)).hasSize(2);
    assertThatThrownBy(() -> Splits.holdOut(labels, Identity.SUBJECT, Set.of("x")))
        .hasMessage("there is no subject 'x' to hold out; there are subject 0, subject 1");
    assertThatThrownBy(
            () -> Splits.holdOut(labels, Identity.SUBJECT, Set.of("subject 0", "subject 1")))
        .hasMessageContaining("nothing is left for training");
    assertThatThrownBy(() -> Splits.byIdentity(labels, Identity.SESSION, 0.2, 0, 0))
        .hasMessage("this needs the session of every row, which is not known; give it");
  }

  @Test
  void sentencesAreDividedByThePublishedHash() {
    Labels labels =
        Labels.of(Identity.SENTENCE, List.of("once upon a time", "zebra", "once upon a time", "a"));
    Assignment parts = Splits.published(labels);
    assertThat(parts.part(0)).isEqualTo(parts.part(2));
    // random.Random(int(hashlib.sha256(b"zebra").hexdigest(), 16) + 12).random() and so on.
    assertThat(parts.part(0)).isEqualTo(Part.TRAIN);
    assertThat(parts.part(1)).isEqualTo(Part.TRAIN);
    assertThat(parts.part(3)).isEqualTo(Part.TEST);
  }

  @Test
  void lengthsThatTellSegmentsApartAreFound() {
    assertThat(LeakCheck.DEFAULTS.lengths(new int[] {360, 360, 360})).isEmpty();
    List<Leak> leaks = LeakCheck.DEFAULTS.lengths(new int[] {360, 300, 300, 420});
    assertThat(leaks)
        .singleElement()
        .extracting(Leak::message)
        .isEqualTo(
            "segments must have one length, or their lengths give the answer away; 4 segments have 3 lengths, 2 one of their own: length alone scores 0.750 at top-1; cut them to one length");
  }

  @Test
  void rowsThatComeAgainAreFound() {
    Embeddings train = Material.random("train", 30, 16, 1);
    Embeddings clean = Material.random("test", 20, 16, 2);
    assertThat(LeakCheck.DEFAULTS.between(train, clean)).isEmpty();
    float[] planted = new float[20 * 16];
    for (int r = 0; r < 20; r++) {
      System.arraycopy(clean.row(r), 0, planted, r * 16, 16);
    }
    System.arraycopy(train.row(7), 0, planted, 3 * 16, 16);
    System.arraycopy(train.row(9), 0, planted, 5 * 16, 16);
    planted[5 * 16] += 0.01f;
    List<Leak> leaks = LeakCheck.DEFAULTS.between(train, Embeddings.of("test", planted, 16));
    assertThat(leaks)
        .extracting(Leak::kind)
        .containsExactly(Leak.Kind.DUPLICATE, Leak.Kind.NEAR_DUPLICATE);
    assertThat(leaks.get(0).message()).contains("1 pairs are equal: train row 7 and test row 3;");
    assertThat(leaks.get(1).message()).contains("train row 9 and test row 5;");
    System.arraycopy(planted, 0, planted, 16, 16);
    assertThat(LeakCheck.DEFAULTS.within(Embeddings.of("gallery", planted, 16)))
        .singleElement()
        .extracting(Leak::message)
        .asString()
        .contains("gallery row 0 and gallery row 1;");
  }
}
