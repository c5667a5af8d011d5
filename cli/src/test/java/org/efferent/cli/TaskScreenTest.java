package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.efferent.filters.task.CopyTyping;
import org.efferent.filters.task.Keyboard;
import org.efferent.filters.task.Target;
import org.efferent.viz.Disc;
import org.efferent.viz.TaskPlace;
import org.efferent.viz.TaskScene;
import org.efferent.viz.TaskText;
import org.junit.jupiter.api.Test;

class TaskScreenTest {
  @Test
  void targetsBecomePlacesAndTheListStaysWhileTheChoicesDo() {
    TaskScreen screen = new TaskScreen(18, 0.75, Optional.empty());
    Target a = Target.disc(1, 2, 3);
    Target b = Target.rectangle(4, 5, 6, 7);
    TaskScene first = screen.scene(List.of(a, b), b, Optional.of(a), 0.5, 8, 9);
    assertThat(first.places())
        .containsExactly(new TaskPlace(1, 2, 3, 3, true, ""), new TaskPlace(4, 5, 6, 7, false, ""));
    assertThat(first).isEqualTo(new TaskScene(18, first.places(), 1, 0, 0.5, new Disc(8, 9, 0.75)));
    TaskScene second = screen.scene(List.of(a, b), a, Optional.empty(), 0.5, 0, 0);
    assertThat(second.places()).isSameAs(first.places());
    assertThat(second.on()).isEqualTo(-1);
    assertThat(second.held()).as("nothing is held where the cursor is on nothing").isZero();
    assertThat(screen.scene(List.of(b), b, Optional.of(b), 1, 0, 0).places()).hasSize(1);
  }

  @Test
  void keysAreLabelledAndTheTextIsShown() {
    Keyboard keyboard = new Keyboard(Keyboard.Layout.OPTI, 24);
    CopyTyping typing = new CopyTyping(keyboard, "hi");
    TaskScreen screen = new TaskScreen(13, 0.5, Optional.of(keyboard));
    TaskScene scene = screen.scene(typing.choices(), typing.next(0, 0), Optional.empty(), 0, 0, 0);
    assertThat(scene.places().get(scene.cued()).label()).isEqualTo("h");
    assertThat(scene.cursor().radius()).as("small beside a letter").isEqualTo(0.12 * 4);
    assertThat(scene.places()).extracting(TaskPlace::label).contains("space", "delete", "?");
    typing.selected(keyboard.nearest('h', 0, 0).place());
    typing.selected(keyboard.nearest('x', 0, 0).place());
    assertThat(TaskScreen.text(typing)).isEqualTo(new TaskText("hi", "hx", 1));
  }
}
