package org.efferent.filters.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import java.util.stream.Collectors;
import org.efferent.filters.task.Keyboard.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyboardTest {
  private static final double SIDE = 24;

  /** Ordinary English. */
  private static final String ENGLISH =
      "the people who have used this keyboard say that they were faster after an hour than on the"
          + " one with the letters in order, since the next letter is most often near the last one";

  @ParameterizedTest
  @EnumSource(Layout.class)
  void keysTileTheSquareAndTypeTheSameSymbols(Layout layout) {
    Keyboard keyboard = new Keyboard(layout, SIDE);
    double area = keyboard.places().stream().mapToDouble(p -> p.width() * p.height()).sum();
    assertThat(area).isCloseTo(SIDE * SIDE, within(1e-9));
    for (int i = 0; i < 500; i++) {
      double x = SIDE * ((i + 1) * 0.61803 % 1 - 0.5);
      double y = SIDE * ((i + 1) * 0.41421 % 1 - 0.5);
      assertThat(keyboard.places().stream().filter(p -> p.contains(x, y))).hasSize(1);
    }
    Set<Character> symbols =
        keyboard.keys().stream().map(Keyboard.Key::symbol).collect(Collectors.toSet());
    assertThat(symbols).hasSize(keyboard.symbols()).contains('a', 'z', ' ', '?', Keyboard.DELETE);
  }

  @Test
  void theAlphabeticLayoutReadsFromTheUpperLeftAndHasWideKeys() {
    Keyboard keyboard = new Keyboard(Layout.ALPHABETIC, SIDE);
    assertThat(keyboard.keys()).hasSize(32);
    assertThat(keyboard.nearest('a', 0, 0).place()).isEqualTo(Target.rectangle(-10, 10, 4, 4));
    assertThat(keyboard.nearest(' ', 0, 0).place()).isEqualTo(Target.rectangle(4, -6, 16, 4));
    Keyboard.Key delete = keyboard.nearest(Keyboard.DELETE, 0, 0);
    assertThat(delete.place()).isEqualTo(Target.rectangle(8, -10, 8, 4));
    assertThat(delete.label()).isEqualTo("delete");
    assertThat(keyboard.nearest(' ', 0, 0).label()).isEqualTo("space");
    assertThat(keyboard.key(Target.disc(0, 0, 1))).isEmpty();
  }

  @Test
  void optiHasFourSpacesAndTheNearestIsTaken() {
    Keyboard keyboard = new Keyboard(Layout.OPTI, SIDE);
    assertThat(keyboard.keys()).hasSize(35).filteredOn(key -> key.symbol() == ' ').hasSize(4);
    assertThat(keyboard.nearest(' ', 9, -3).place()).isEqualTo(Target.rectangle(10, -2, 4, 4));
    assertThat(keyboard.nearest(' ', -9, 9).place()).isEqualTo(Target.rectangle(-10, 6, 4, 4));
  }

  @Test
  void optiBringsFrequentPairsTogether() {
    double opti = way(new Keyboard(Layout.OPTI, SIDE));
    double alphabetic = way(new Keyboard(Layout.ALPHABETIC, SIDE));
    assertThat(opti).isLessThan(0.75 * alphabetic);
  }

  private static double way(Keyboard keyboard) {
    double x = 0;
    double y = 0;
    double length = 0;
    for (char c : keyboard.typeable(ENGLISH).toCharArray()) {
      Target next = keyboard.nearest(c, x, y).place();
      length += next.distance(x, y);
      x = next.x();
      y = next.y();
    }
    return length;
  }

  @Test
  void textsAreBroughtToItsSymbolsOrRefused() {
    Keyboard keyboard = new Keyboard(Layout.OPTI, SIDE);
    assertThat(keyboard.typeable("  The quick\n\tfox,  isn't? "))
        .isEqualTo("the quick fox, isn't?");
    assertThatThrownBy(() -> keyboard.typeable("am 5 Uhr"))
        .hasMessage(
            "a text to type has letters a to z, spaces and , . ' ? only; character 4 is '5'");
    assertThatThrownBy(() -> keyboard.typeable(" "))
        .hasMessage("a text to type has at least one character; text is blank");
    assertThatThrownBy(() -> new Keyboard(Layout.OPTI, 0))
        .hasMessage("a keyboard has a positive side; side=0.0");
  }
}
