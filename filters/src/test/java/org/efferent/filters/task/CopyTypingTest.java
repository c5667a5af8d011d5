package org.efferent.filters.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.efferent.filters.task.Keyboard.Layout;
import org.efferent.filters.task.Keystroke.Effect;
import org.junit.jupiter.api.Test;

class CopyTypingTest {
  private static final char DELETE = Keyboard.DELETE;

  private final Keyboard keyboard = new Keyboard(Layout.OPTI, 24);
  private final CopyTyping typing = new CopyTyping(keyboard, "So so");

  private void press(char symbol) {
    typing.selected(keyboard.nearest(symbol, 0, 0).place());
  }

  private char cued() {
    return keyboard.key(typing.next(0, 0)).orElseThrow().symbol();
  }

  @Test
  void theNextRightCharacterIsCuedAndDeleteAfterAnError() {
    assertThat(cued()).isEqualTo('s');
    assertThat(cued()).as("asking changes nothing").isEqualTo('s');
    press('s');
    assertThat(cued()).isEqualTo('o');
    press('e');
    assertThat(cued()).isEqualTo(DELETE);
    press('o');
    assertThat(typing.typed()).isEqualTo("seo");
    assertThat(typing.right()).as("what follows an error is not right").isEqualTo(1);
    press(DELETE);
    assertThat(cued()).isEqualTo(DELETE);
    press(DELETE);
    assertThat(cued()).isEqualTo('o');
    press(DELETE);
    assertThat(typing.typed()).isEmpty();
    press(DELETE);
    assertThat(cued()).isEqualTo('s');
    for (char c : "so so".toCharArray()) {
      assertThat(typing.rounds()).isZero();
      press(c);
    }
    assertThat(typing.rounds()).isEqualTo(1);
    assertThat(typing.typed()).as("begins again").isEmpty();
    assertThat(typing.prompt()).isEqualTo("so so");
    assertThat(typing.choices()).hasSize(35);
  }

  /** Types by dwelling, bin by bin; the cursor is put on each key for two bins. */
  private List<Trial> type(String symbols) {
    Cursor cursor = new Cursor(100);
    CursorTask task = new CursorTask(new TaskOptions(0.5, 1, 2, false, false), typing, cursor);
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < symbols.length(); i++) {
      char c = symbols.charAt(i);
      if (c == '-') {
        cursor.place(99, 99);
      } else {
        Target place = keyboard.nearest(c, -12, 6).place();
        cursor.place(place.x(), place.y());
      }
      for (int bin = 0; bin < 4; bin++) {
        var ended = task.step(false);
        ended.ifPresent(trials::add);
        if (ended.isPresent()) {
          break;
        }
      }
    }
    return trials;
  }

  @Test
  void aTaskTypesAndAnySpaceIsAsGoodAsTheCuedOne() {
    List<Trial> trials = type("so so");
    assertThat(trials).hasSize(5).allMatch(Trial::acquired);
    assertThat(typing.rounds()).isEqualTo(1);
    // From the o the space of the row below is nearer than the one of the upper left, which was
    // selected.
    Target space = keyboard.nearest(' ', -12, 6).place();
    assertThat(trials.get(2).target()).isEqualTo(space);
    assertThat(trials.get(2).selected()).contains(space);
    Target o = keyboard.nearest('o', 0, 0).place();
    assertThat(keyboard.nearest(' ', o.x(), o.y()).place()).isNotEqualTo(space);
    assertThat(TrialFigures.of(trials.get(2)).movementSeconds()).isEqualTo(0.5);
    assertThat(typing.fulfils(Target.disc(0, 0, 1), space)).isFalse();
  }

  @Test
  void trialsAreTurnedIntoKeystrokesAndFigures() {
    List<Trial> trials = type("sx-\b" + "o\bo" + "\b\bs");
    List<Keystroke> keystrokes = CopyTyping.keystrokes(keyboard, "so so", trials);
    assertThat(keystrokes.stream().map(Keystroke::effect))
        .containsExactly(
            Effect.RIGHT_TYPED,
            Effect.WRONG_TYPED,
            Effect.NONE,
            Effect.WRONG_DELETED,
            Effect.RIGHT_TYPED,
            Effect.RIGHT_DELETED,
            Effect.RIGHT_TYPED,
            Effect.RIGHT_DELETED,
            Effect.RIGHT_DELETED,
            Effect.RIGHT_TYPED);
    assertThat(keystrokes.stream().map(Keystroke::typed).collect(Collectors.joining("|")))
        .isEqualTo("s|sx|sx|s|so|s|so|s||s");
    assertThat(keystrokes.get(2).seconds()).isEqualTo(2);
    double minutes = (9 * 1 + 2) / 60.0;
    TypingFigures figures = TypingFigures.of(keystrokes);
    assertThat(figures.selections()).isEqualTo(9);
    assertThat(figures.correctCharacters()).as("4 right, 3 of them deleted").isEqualTo(1);
    assertThat(figures.correctCharactersPerMinute()).isCloseTo(1 / minutes, within(1e-12));
    assertThat(figures.selectedCharactersPerMinute()).isCloseTo(9 / minutes, within(1e-12));
    assertThat(figures.wordsPerMinute()).isCloseTo(0.2 / minutes, within(1e-12));
    assertThat(figures.totalErrorRate()).as("0 left, 4 deleted, 1 right").isEqualTo(4.0 / 5);
    assertThat(figures.uncorrectedErrorRate()).isZero();
  }

  @Test
  void typingFiguresByHand() {
    // 5 right and 2 wrong characters in 30 s, one of the wrong ones deleted.
    List<Keystroke> keystrokes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      keystrokes.add(new Keystroke(3, Effect.RIGHT_TYPED, ""));
    }
    keystrokes.add(new Keystroke(4, Effect.WRONG_TYPED, ""));
    keystrokes.add(new Keystroke(4, Effect.WRONG_DELETED, ""));
    keystrokes.add(new Keystroke(4, Effect.WRONG_TYPED, ""));
    keystrokes.add(new Keystroke(3, Effect.NONE, ""));
    TypingFigures figures = TypingFigures.of(keystrokes);
    assertThat(figures.correctCharactersPerMinute()).isEqualTo(10);
    assertThat(figures.selectedCharactersPerMinute()).isEqualTo(16);
    assertThat(figures.wordsPerMinute()).as("6 characters").isCloseTo(2.4, within(1e-12));
    assertThat(figures.totalErrorRate()).as("(1 + 1) / (5 + 1 + 1)").isEqualTo(2.0 / 7);
    assertThat(figures.uncorrectedErrorRate()).isEqualTo(1.0 / 7);
    assertThat(figures.byName()).hasSize(7).containsEntry("correctCharactersPerMinute", 10.0);
  }

  @Test
  void aBlockThatMendsWhatAnotherSpoiltHasNoNegativeErrors() {
    TypingFigures figures =
        TypingFigures.of(
            List.of(
                new Keystroke(30, Effect.WRONG_DELETED, ""),
                new Keystroke(30, Effect.RIGHT_TYPED, "s")));
    assertThat(figures.totalErrorRate()).isEqualTo(0.5);
    assertThat(figures.uncorrectedErrorRate()).isZero();
    assertThat(figures.wordsPerMinute()).isZero();
    assertThat(TypingFigures.of(List.of()).correctCharactersPerMinute()).isNaN();
  }

  @Test
  void textsThatCannotBeTypedAreRefused() {
    assertThatThrownBy(() -> new CopyTyping(keyboard, "naïve"))
        .hasMessage(
            "a text to type has letters a to z, spaces and , . ' ? only; character 3 is 'ï'");
  }
}
