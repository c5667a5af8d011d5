package org.efferent.viz.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.swing.KeyStroke;
import org.efferent.core.StreamInfo;
import org.efferent.core.UnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window itself needs a display: -Defferent.display=true -Dawt.headless=false. */
final class DashboardWindowTest {
  @TempDir private Path folder;

  private static DashboardModels models() {
    StreamInfo info = Streams.info(250, 6);
    DashboardModels models = new DashboardModels(info, 10);
    models.shown().apply(Streams.rows(info, 0, 3_000, (r, c) -> Math.sin(r * 0.2 + c)));
    return models;
  }

  private DashboardWindow.Options options(Path layout) {
    return new DashboardWindow.Options(
        "t",
        800,
        600,
        DashboardTheme.DARK,
        DockLayout.of(List.of(Panel.SIGNALS, Panel.SPECTRUM)),
        layout,
        folder);
  }

  @Test
  void withoutADisplayItSaysSo() {
    assumeTrue(GraphicsEnvironment.isHeadless(), "this JVM has a display");
    assertThatThrownBy(() -> DashboardWindow.open(models(), options(null), () -> {}, n -> {}))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void everyActionHasAKeyOfItsOwnAndIsInTheHelp() {
    Set<KeyStroke> keys = new HashSet<>();
    for (DashboardAction action : DashboardAction.values()) {
      KeyStroke key = KeyStroke.getKeyStroke(action.key());
      assertThat(key).as(action.key()).isNotNull();
      assertThat(keys.add(key)).as(action.key()).isTrue();
      assertThat(DashboardAction.help()).contains(action.keyName() + " ", action.words());
    }
    for (Panel panel : Panel.values()) {
      assertThat(DashboardAction.help()).contains("show " + panel.title());
    }
  }

  @Test
  void recordingsAreNumberedPicturesAndNothingIsOverwritten() throws IOException {
    Path to = folder.resolve("recording");
    FrameRecorder recorder = new FrameRecorder(to);
    recorder.offer(new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB));
    recorder.offer(new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB));
    recorder.close();
    assertThat(recorder.written()).isEqualTo(2);
    try (Stream<Path> files = Files.list(to)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("frame-00001.png", "frame-00002.png");
    }
    FrameRecorder again = new FrameRecorder(to);
    again.offer(new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB));
    again.close();
    assertThat(again.failure()).contains("exists and is not overwritten");
  }

  @Test
  void keysMovePanelsAndTheLayoutIsThereAgain() throws Exception {
    assumeTrue(
        Boolean.getBoolean("efferent.display") && !GraphicsEnvironment.isHeadless(),
        "no display: run with -Defferent.display=true -Dawt.headless=false under xvfb-run");
    Path file = folder.resolve("layout.json");
    List<String> notes = new ArrayList<>();
    AtomicInteger closings = new AtomicInteger();
    try (DashboardWindow window =
        DashboardWindow.open(models(), options(file), closings::incrementAndGet, notes::add)) {
      EventQueue.invokeAndWait(
          () -> {
            for (DashboardAction action : DashboardAction.values()) {
              if (action != DashboardAction.FULL_SCREEN && action != DashboardAction.MENU) {
                window.act(action);
              }
            }
            window.act(DashboardAction.RECORD); // ends it
          });
      assertThat(closings).hasValue(1);
    }
    assertThat(notes).anyMatch(n -> n.startsWith("wrote ")).anyMatch(n -> n.contains("frames in"));
    DockLayout kept = DockFile.parse(Files.readString(file));
    notes.clear();
    try (DashboardWindow again =
        DashboardWindow.open(models(), options(file), () -> {}, notes::add)) {
      assertThat(again.painted()).isNotNegative();
    }
    assertThat(DockFile.parse(Files.readString(file)).panels()).isEqualTo(kept.panels());
    Files.writeString(file, "{");
    try (DashboardWindow damaged =
        DashboardWindow.open(models(), options(file), () -> {}, notes::add)) {
      assertThat(damaged.framesPerSecond()).isNotNegative();
    }
    assertThat(notes).anyMatch(n -> n.endsWith("; the default layout is shown"));
  }
}
