package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import org.junit.jupiter.api.Test;

final class ColorScaleTest {
  @Test
  void divergingIsWhiteAtTheCentreRedAboveAndBlueBelow() {
    ColorScale scale = ColorScale.diverging(0.1, 0.4);
    assertThat(scale.low()).isEqualTo(0.1 - 0.4);
    Color centre = scale.at(0.1);
    assertThat(Palette.contrast(centre, Color.WHITE)).isLessThan(1.1);
    Color above = scale.at(0.3);
    Color below = scale.at(-0.1);
    assertThat(above.getRed()).isGreaterThan(above.getBlue() + 60);
    assertThat(below.getBlue()).isGreaterThan(below.getRed() + 60);
    assertThat(scale.at(7)).isEqualTo(scale.at(0.5));
    // Equally dark ends: neither side looks like more.
    assertThat(Palette.contrast(scale.at(0.5), scale.at(-0.3))).isLessThan(1.3);
  }

  @Test
  void sequentialGetsLighterAllTheWay() {
    ColorScale scale = ColorScale.sequential(0, 100);
    for (int i = 1; i <= 100; i++) {
      double before = Palette.contrast(scale.at(i - 1), Color.BLACK);
      assertThat(Palette.contrast(scale.at(i), Color.BLACK)).as("%d", i).isGreaterThan(before);
    }
  }

  @Test
  void aScaleGoesAsFarAsItsValues() {
    ColorScale chance = ColorScale.divergingOver(0.5, 0.4, Double.NaN, 0.8);
    assertThat(chance.low()).isCloseTo(0.2, org.assertj.core.data.Offset.offset(1e-12));
    assertThat(chance.high()).isCloseTo(0.8, org.assertj.core.data.Offset.offset(1e-12));
    assertThat(chance.least()).isEqualTo(0.4); // no bar shows what cannot be
    assertThat(ColorScale.divergingOver(2, 2, 2).high()).isEqualTo(3);
    assertThat(ColorScale.sequentialOver(1, 4, Double.NaN).high()).isEqualTo(4);
    assertThat(ColorScale.sequentialOver(4, 4).low()).isEqualTo(3.5);
    assertThat(ColorScale.sequentialOver().low()).isEqualTo(0);
    assertThatThrownBy(() -> ColorScale.diverging(0, 0))
        .hasMessage("colours need a finite range of values; low=0.0, high=0.0");
    assertThatThrownBy(() -> chance.at(Double.NaN))
        .hasMessage("a missing value has no colour; value=NaN");
  }

  @Test
  void ticksAreRound() {
    Ticks ticks = new Ticks(-0.11, 0.31, 5);
    assertThat(ticks.values().stream().map(ticks::text).toList())
        .containsExactly("\u22120.1", "0.0", "0.1", "0.2", "0.3");
    Ticks large = new Ticks(0, 2e7, 2);
    assertThat(large.values().stream().map(large::text).toList())
        .containsExactly("0", "1e+07", "2e+07");
    assertThat(Ticks.words(0.1)).isEqualTo("0.1");
    assertThat(Ticks.words(1234.5)).isEqualTo("1230");
    assertThat(Ticks.words(-1.5e-7)).isEqualTo("-1.50e-07");
  }

  @Test
  void textIsCutAndWrappedToItsRoom() {
    java.awt.Font font = Charts.font(FigureSize.PAGE);
    String text = "into the dark forest of the north";
    double room = Pen.width(font, "into the dark f");
    assertThat(Pen.cut(font, text, 1000)).isEqualTo(text);
    assertThat(Pen.cut(font, text, room)).startsWith("into the da").endsWith("\u2026");
    assertThat(Pen.width(font, Pen.cut(font, text, room))).isLessThanOrEqualTo(room);
    assertThat(Pen.wrap(font, text, room, 5))
        .containsExactly("into the dark", "forest of the", "north");
    assertThat(Pen.wrap(font, text, room, 2)).hasSize(2).last().asString().endsWith("\u2026");
    assertThat(Pen.wrap(font, "incomprehensibility", room, 9)).hasSizeGreaterThan(1);
    assertThat(Pen.wrap(font, "abc", 0, 9)).isNotEmpty();
    assertThat(Pen.wrap(font, "  ", room, 9)).isEmpty();
  }
}
