package org.efferent.viz.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DockTest {
  private static final Rectangle ROOM = new Rectangle(0, 0, 1000, 1000);
  private static final DockLayout LAYOUT = DockLayout.of(List.of(Panel.values()));

  private static Rectangle place(DockLayout layout, Panel panel) {
    return layout.bounds(ROOM).get(layout.group(panel));
  }

  @Test
  void thePlacesFillTheRoom() {
    long area =
        LAYOUT.bounds(ROOM).values().stream().mapToLong(r -> (long) r.width * r.height).sum();
    assertThat(area).isEqualTo(1_000_000);
    assertThat(LAYOUT.panels()).containsExactlyInAnyOrder(Panel.values());
  }

  @Test
  void aPanelChangesPlacesWithItsNeighbour() {
    DockLayout two = DockLayout.of(List.of(Panel.SIGNALS, Panel.HEALTH));
    DockLayout moved = DockMoves.move(two, Panel.SIGNALS, DockLayout.Side.RIGHT);
    assertThat(place(moved, Panel.HEALTH).x).isZero();
    assertThat(place(moved, Panel.SIGNALS).x).isPositive();
    // There is nothing to the right of it: to the edge.
    DockLayout edge = DockMoves.move(moved, Panel.SIGNALS, DockLayout.Side.DOWN);
    assertThat(place(edge, Panel.SIGNALS).width).isEqualTo(1000);
    assertThat(place(edge, Panel.SIGNALS).y).isPositive();
  }

  @Test
  void aTabGetsAPlaceOfItsOwnAndGoesBack() {
    DockLayout joined = DockMoves.join(LAYOUT, Panel.EVOKED, Panel.SIGNALS);
    assertThat(joined.group(Panel.EVOKED).panels()).containsExactly(Panel.SIGNALS, Panel.EVOKED);
    assertThat(joined.group(Panel.EVOKED).shown()).isEqualTo(Panel.EVOKED);
    DockLayout apart = DockMoves.move(joined, Panel.EVOKED, DockLayout.Side.LEFT);
    assertThat(apart.group(Panel.EVOKED).panels()).containsExactly(Panel.EVOKED);
    assertThat(place(apart, Panel.EVOKED).x).isLessThan(place(apart, Panel.SIGNALS).x);
  }

  @Test
  void hiddenPanelsComeBackAndTheLastOneStays() {
    DockLayout layout = LAYOUT;
    for (Panel panel : Panel.values()) {
      layout = DockMoves.hide(layout, panel);
    }
    assertThat(layout.panels()).containsExactly(Panel.PICTURES);
    layout = DockMoves.show(layout, Panel.SIGNALS);
    assertThat(layout.panels()).containsExactly(Panel.PICTURES, Panel.SIGNALS);
  }

  @Test
  @SuppressWarnings("EnumOrdinal") // any of them will do
  void noMoveLosesOrDoublesAPanelAndEveryLayoutSurvivesItsFile() {
    Random random = new Random(3);
    DockLayout layout = LAYOUT;
    for (int i = 0; i < 500; i++) {
      Panel panel = Panel.values()[random.nextInt(Panel.values().length)];
      layout =
          switch (random.nextInt(4)) {
            case 0 -> DockMoves.joinNext(layout, panel);
            case 1 -> DockMoves.show(layout, panel);
            default -> DockMoves.move(layout, panel, DockLayout.Side.values()[random.nextInt(4)]);
          };
      assertThat(layout.panels()).containsExactlyInAnyOrder(Panel.values());
      if (i % 50 == 0) {
        assertThat(DockFile.parse(DockFile.text(layout))).isEqualTo(layout);
      }
    }
  }

  @Test
  void bordersMove() {
    DockLayout wider = DockMoves.resize(LAYOUT, "", 0.7);
    assertThat(place(wider, Panel.SIGNALS).width).isEqualTo(700);
    assertThat(((DockLayout.Split) DockMoves.resize(LAYOUT, "", 7).root()).share()).isEqualTo(0.95);
    DockLayout higher = DockMoves.resize(wider, "1", 0.8);
    assertThat(place(higher, Panel.SIGNALS)).isEqualTo(new Rectangle(0, 0, 700, 800));
    assertThat(DockMoves.resize(LAYOUT, "1111", 0.5)).isEqualTo(LAYOUT);
  }

  @Test
  void aDamagedFileGivesTheDefaultAndANote(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("layout.json");
    List<String> notes = new ArrayList<>();
    assertThat(DockFile.read(file, LAYOUT, notes::add)).isEqualTo(LAYOUT);
    assertThat(notes).isEmpty();
    String whole = DockFile.text(LAYOUT);
    for (String damaged :
        List.of(
            "",
            "{",
            "[1]",
            whole.replace("signals", "nothing"),
            whole.replace("evoked", "signals"),
            whole.replace("0.58", "58"),
            whole.replace("\"selected\" : 0", "\"selected\" : 9"))) {
      notes.clear();
      Files.writeString(file, damaged);
      assertThat(DockFile.read(file, LAYOUT, notes::add)).isEqualTo(LAYOUT);
      assertThat(notes).singleElement().asString().endsWith("; the default layout is shown");
    }
    DockLayout other = DockMoves.hide(LAYOUT, Panel.HEALTH);
    DockFile.write(file, other);
    assertThat(DockFile.read(file, LAYOUT, notes::add)).isEqualTo(other);
  }

  @Test
  void errorsSayWhatThereIs() {
    assertThatThrownBy(() -> Panel.parse("signals,plots"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "a panel is one of signals, quality, spectrum, spectrogram, evoked, state, health,"
                + " ranking, pictures; panel=plots");
    assertThatThrownBy(() -> DockFile.parse("{\"version\":1,\"root\":{}}"))
        .isInstanceOf(InputException.class)
        .hasMessage("this is no layout: a part has tabs, or is split across or down");
  }
}
