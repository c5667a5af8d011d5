package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.efferent.acquisition.CursorFeed;
import org.efferent.acquisition.SimulatedUser;
import org.efferent.acquisition.UnitsOptions;
import org.efferent.acquisition.UserOptions;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.JavaLsl;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.simulate.Participant;
import org.efferent.data.RecordingFile;
import org.efferent.data.Safetensors;
import org.efferent.data.files.RecordingFiles;
import org.efferent.filters.FilterKind;
import org.efferent.filters.loop.CalibrationBlock;
import org.efferent.filters.loop.ClosedLoop;
import org.efferent.filters.loop.DecoderRecipe;
import org.efferent.filters.loop.DecoderTraining;
import org.efferent.filters.loop.LoopOptions;
import org.efferent.filters.loop.LoopSetup;
import org.efferent.filters.loop.SessionDecoderFile;
import org.efferent.filters.session.SessionBins;
import org.efferent.filters.task.RadialTargets;
import org.efferent.filters.task.TaskOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A live session over LSL on loopback with a simulated participant who answers at once. */
@Timeout(180)
class CursorSessionTest {

  @TempDir Path folder;
  private final Lsl lsl = new JavaLsl(LslConfig.LOOPBACK);
  private final AtomicBoolean done = new AtomicBoolean();

  /** Steps until it is told to stop, the next bin when the last was answered. */
  private CompletableFuture<Long> participate(String units, String cursor) {
    return participate(units, cursor, folder.resolve("never"));
  }

  /** Until it is told to stop, or a file is there. */
  private CompletableFuture<Long> participate(String units, String cursor, Path until) {
    CompletableFuture<Long> bins = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try (Participant participant =
                  new Participant(lsl, units, cursor, UnitsOptions.HIGH, UserOptions.DEFAULTS, 3)) {
                while (!done.get() && !Files.exists(until)) {
                  participant.step(Duration.ofMillis(participant.isHeard() ? 100 : 1));
                }
                bins.complete(participant.seen());
              } catch (InterruptedException | RuntimeException e) {
                bins.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return bins;
  }

  private Object[] words(String units, String cursor, Path out, Object... more) {
    return Cli.words(
        new Object[] {
          "cursor",
          "session",
          "--loopback",
          "--stream",
          units,
          "--publish",
          cursor,
          "--task",
          "radial8",
          "--filter",
          "kalman",
          "--open-seconds",
          30,
          "--closed-seconds",
          8,
          "--headless",
          "--json",
          "--wait",
          20,
          "--out",
          out
        },
        more);
  }

  @Test
  void aSessionSteersAndIsRepeatedBitForBit() throws IOException {
    Path out = folder.resolve("session");
    CompletableFuture<Long> seen = participate("UnitsA", "CursorA");
    JsonNode json = Cli.run(words("UnitsA", "CursorA", out, "--minutes", 1.5)).json();
    done.set(true);
    assertThat(json.get("state").asText()).isEqualTo("stopped");
    assertThat(json.get("bins").asInt()).isGreaterThanOrEqualTo(4500);
    assertThat(json.get("decoderVersion").asInt()).isEqualTo(4);
    // Some eight to twenty trials in time, of a user who hears the cursor when the machine lets it:
    // most are
    // reached, on a bad day a third, at random a few of a hundred. Figures are held in simulated
    // time.
    assertThat(json.get("session").get("success").asDouble()).isGreaterThan(0.2);
    assertThat(json.get("trials").asInt()).isGreaterThan(8);
    assertThat(seen.join()).isGreaterThan(4000);
    assertThat(json.get("decoders"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "decoder-1.safetensors",
            "decoder-2.safetensors",
            "decoder-3.safetensors",
            "decoder-4.safetensors",
            "decoder.safetensors");
    assertThat(out.resolve("decoder.safetensors"))
        .hasSameBinaryContentAs(out.resolve("decoder-4.safetensors"));
    JsonNode again = Cli.run("cursor", "run", "--replay", out, "--headless", "--json").json();
    assertThat(again.get("bins").asInt()).isEqualTo(json.get("bins").asInt());
    assertThat(again.get("differingBins").asInt()).isZero();
    assertThat(again.get("maxDifferenceFromSession").asDouble()).isZero();
    assertThat(again.get("session")).isEqualTo(json.get("session"));
    try (RecordingFile raw = RecordingFiles.open(out.resolve("raw.xdf"))) {
      assertThat(raw.recordings())
          .extracting(r -> r.info().name())
          .containsExactlyInAnyOrder("UnitsA", "CursorA");
      assertThat(raw.markers())
          .extracting(m -> m.label())
          .contains("state calibrating-open", "state running", "trial acquired");
    }
    Cli.run(words("UnitsA", "CursorA", out, "--minutes", 1))
        .failed(2, out + " is not empty; a session needs a folder of its own: choose another");
    beginsWithAKeptDecoder(out);
  }

  /** Its decoder and a click learned from it in another session, whose files are then lost. */
  private void beginsWithAKeptDecoder(Path first) throws IOException {
    Path decoder = Files.copy(first.resolve("decoder.safetensors"), folder.resolve("d"));
    Path click = folder.resolve("c");
    JsonNode learned =
        Cli.run("cursor", "click", "--session", first, "--save", click, "--json").json();
    assertThat(learned.get("rows").asInt()).isBetween(1490, 1500);
    assertThat(learned.get("clickShare").asDouble()).isBetween(0.05, 0.5);
    assertThat(learned.get("heldOutRows").asInt()).isBetween(447, 450);
    assertThat(learned.get("heldOutAccuracy").asDouble()).isBetween(0.5, 1.0);
    assertThat(learned.get("heldOutMissedShare").asDouble()).isBetween(0.0, 1.0);
    Cli.run("cursor", "click", "--session", first, "--save", click)
        .failed(2, click + " exists already; choose another name or give --force to replace it");

    Path out = folder.resolve("second");
    done.set(false);
    CompletableFuture<Long> seen = participate("UnitsA", "CursorA");
    Safetensors own = Safetensors.read(decoder);
    Map<String, String> words = new LinkedHashMap<>(own.metadata());
    String label = words.put("channel.3", "EMG");
    Path other = folder.resolve("other");
    new Safetensors(words, own.tensors()).write(other, false);
    Cli.Result refused = Cli.run(begun("UnitsA", "CursorA", out, other));
    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.err())
        .isEqualToNormalizingNewlines(
            "efferent: other: a decoder steers with the features that it was trained on; feature 4 is 'EMG' in it and '%s' in the session, 1 of 96 differ: choose the same stream and features, or calibrate anew\n"
                .formatted(label));
    assertThat(out).isEmptyDirectory();
    Cli.run(begun("UnitsA", "CursorA", out, decoder, "--filter", "dkf-nw"))
        .failed(2, "d has the filter kalman; --filter dkf-nw differs: leave --filter out");
    Cli.run(begun("UnitsA", "CursorA", out, decoder, "--bin-seconds", 0.04))
        .failed(
            3,
            "d: a decoder steers with bins as long as those that it was trained on; its bins are of"
                + " 0.02 s, the session's of 0.04 s: give --bin-seconds 0.02, or calibrate anew");
    JsonNode json =
        Cli.run(begun("UnitsA", "CursorA", out, decoder, "--click", click, "--minutes", 0.5))
            .json();
    done.set(true);
    seen.join();
    assertThat(json.get("filter").asText()).isEqualTo("kalman");
    assertThat(json.get("bins").asInt()).isBetween(1500, 1700);
    assertThat(json.get("trials").asInt()).isGreaterThan(4);
    assertThat(json.get("decoderVersion").asInt()).isEqualTo(1);
    assertThat(out.resolve("start.safetensors")).hasSameBinaryContentAs(decoder);
    assertThat(out.resolve("click.safetensors")).hasSameBinaryContentAs(click);
    assertThat(out.resolve("decoder.safetensors")).hasSameBinaryContentAs(decoder);
    Files.delete(decoder);
    Files.delete(click);
    JsonNode again = Cli.run("cursor", "run", "--replay", out, "--headless", "--json").json();
    assertThat(again.get("bins").asInt()).isEqualTo(json.get("bins").asInt());
    assertThat(again.get("differingBins").asInt()).isZero();
    assertThat(again.get("session")).isEqualTo(json.get("session"));
    Files.delete(out.resolve("click.safetensors"));
    Cli.run("cursor", "run", "--replay", out, "--headless", "--json")
        .failed(
            3,
            out.resolve("click.safetensors")
                + ": is missing; the session was given it, and is not repeated without it: copy it"
                + " there");
  }

  private static Object[] begun(
      String units, String cursor, Path out, Path decoder, Object... more) {
    return Cli.words(
        new Object[] {
          "cursor",
          "session",
          "--loopback",
          "--stream",
          units,
          "--publish",
          cursor,
          "--task",
          "radial8",
          "--decoder",
          decoder,
          "--headless",
          "--json",
          "--wait",
          20,
          "--out",
          out
        },
        more);
  }

  @Test
  void whatDoesNotFitIsSaidBeforeAnythingBegins() {
    CompletableFuture<Long> seen = participate("UnitsB", "CursorB");
    Cli.run(words("UnitsB", "CursorB", folder.resolve("b"), "--bin-seconds", 0.05))
        .failed(
            2,
            "stream 'UnitsB' has 50.0 rows a second; --bin-seconds 0.05 needs 20.0: give"
                + " --bin-seconds 0.02, or say by --features what is made of the rows");
    done.set(true);
    seen.join();
    Path none = folder.resolve("none");
    Cli.run(begun("UnitsB", "CursorB", folder.resolve("d"), none))
        .failed(2, none + ": there is no such decoder");
    Cli.run(begun("UnitsB", "CursorB", folder.resolve("d"), none, "--open-seconds", 20))
        .failed(
            2,
            "--decoder begins without calibration, which --open-seconds is of; give one of the two");
    Cli.run(begun("UnitsB", "CursorB", folder.resolve("d"), none, "--gain", 2))
        .failed(
            2,
            "--decoder is used as it was trained, which --gain is of; leave it out, or give"
                + " --adapt-every, which trains anew");
    Cli.run(
            "cursor",
            "session",
            "--loopback",
            "--stream",
            "UnitsB",
            "--task",
            "radial8",
            "--out",
            folder.resolve("d"))
        .failed(2, "--filter is missing; name what decodes, for example dkf-nw");
    Cli.run("cursor", "click", "--session", folder, "--save", none, "--from-state", "idle")
        .failed(
            2,
            "--from-state must be calibrating-open, calibrating-closed, running; from-state=idle");
    Cli.run("cursor", "click", "--session", folder, "--save", none, "--most-false", 0)
        .failed(2, "--most-false must be above 0, at most 1; most-false=0.0");
    Cli.run(words("UnitsB", "CursorB", folder.resolve("d"), "--minutes", 0.5))
        .failed(
            2,
            "the calibration alone takes 0.9 minutes; give --minutes more, shorter --open-seconds"
                + " and --closed-seconds, or --decoder; minutes=0.5");
    Path unused = folder.resolve("e");
    Object[] windowed =
        Arrays.stream(words("UnitsB", "CursorB", unused, "--display", "left"))
            .filter(word -> !word.equals("--headless"))
            .toArray();
    Cli.run(windowed).failed(2, "a display is a number from 0, or other; display=left");
    assertThat(unused).as("may still be used").doesNotExist();
    Cli.run("cursor", "run", "--replay", folder, "--headless")
        .failed(3, folder + ": is no folder of a session: it has no bins.xdf");
    Cli.run(words("UnitsB", "CursorB", folder.resolve("c"), "--click", folder.resolve("none")))
        .failed(2, folder.resolve("none") + ": there is no such click decoder");
  }

  @Test
  void aSessionThatFaultsLeavesItsDecoder() {
    Path out = folder.resolve("faulted");
    CompletableFuture<Long> seen =
        participate("UnitsD", "CursorD", out.resolve("decoder-1.safetensors"));
    Cli.Result result = Cli.run(words("UnitsD", "CursorD", out, "--lost-after", 1));
    seen.join();
    assertThat(result.status()).isEqualTo(4);
    assertThat(result.err())
        .contains("stream 'UnitsD' sent nothing for 1 s; is its device still on?");
    assertThat(result.object().get("state").asText()).isEqualTo("fault");
    SessionDecoderFile left = SessionDecoderFile.load(out.resolve("decoder.safetensors"));
    assertThat(left.features()).hasSize(96);
    assertThat(left.stream()).isEqualTo("UnitsD");
  }

  /** A decoder that cannot be saved is told of; a session that had none leaves none. */
  @Test
  void aDecoderThatCannotBeSavedIsTold() throws Exception {
    Path out = Files.createDirectory(folder.resolve("taken"));
    LoopSetup setup =
        new LoopSetup(
            new TaskOptions(0.05, 0.3, 5, true, false),
            seed -> new RadialTargets(8, 12, 2.4, seed),
            18,
            15);
    DecoderRecipe recipe = DecoderRecipe.of(FilterKind.KALMAN, 4);
    ClosedLoop loop =
        new ClosedLoop(
            new LoopOptions(
                CalibrationBlock.standard(40, 10), setup, setup, 4, 0.2, Optional.empty()),
            new DecoderTraining(
                recipe,
                setup,
                () -> new SimulatedUser(UserOptions.DEFAULTS, 0.05)::intend,
                0.8,
                0.05,
                1),
            recipe,
            2);
    SessionDecoders decoders = new SessionDecoders(out, List.of("a", "b"), "S");
    decoders.accept(loop);
    assertThat(decoders.end(loop)).isEmpty();
    assertThat(out).isEmptyDirectory();
    SplittableRandom random = new SplittableRandom(1);
    while (loop.versions().isEmpty()) {
      loop.step(
          new double[] {
            loop.target().x() - loop.cursorX() + random.nextGaussian(),
            loop.target().y() - loop.cursorY() + random.nextGaussian()
          });
    }
    Path taken = Files.createFile(out.resolve("decoder-1.safetensors"));
    SessionDecoders second = new SessionDecoders(out, List.of("a", "b"), "S");
    second.accept(loop);
    second.accept(loop);
    assertThat(second.end(loop))
        .contains(taken + ": exists already; choose another name, or allow it to be overwritten");
    assertThat(second.saved()).containsExactly("decoder.safetensors");
  }

  /** Another process, which nobody asks whether it is ready to die. */
  @Test
  void whoFollowsTheCursorStandsWhenTheSessionIsKilled() throws Exception {
    Path out = folder.resolve("killed");
    CompletableFuture<Long> seen = participate("UnitsC", "CursorC");
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.efferent.cli.Main"));
    for (Object word : words("UnitsC", "CursorC", out)) {
      command.add(word.toString());
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(new File(folder.toFile(), "log.txt"))
            .start();
    try {
      List<LslStreamInfo> found =
          lsl.resolve(LslResolver.property("name", "CursorC"), 1, Duration.ofSeconds(60));
      assertThat(found).as("log: " + Files.readString(folder.resolve("log.txt"))).isNotEmpty();
      try (CursorFeed feed =
          new CursorFeed(
              lsl.openInlet(
                  lsl.fullInfo(found.get(0)), InletOptions.DEFAULTS.withEndOnDisconnect(true)),
              CursorFeed.PATIENCE,
              System::nanoTime)) {
        while (!feed.isAlive() || !recorded(out)) {
          feed.velocity();
        }
        process.destroyForcibly();
        assertThat(process.waitFor()).isEqualTo(137);
        while (feed.isAlive()) {
          feed.velocity();
        }
        assertThat(feed.velocity()).containsExactly(0, 0);
      }
    } finally {
      process.destroyForcibly();
    }
    done.set(true);
    seen.join();
    try (SessionBins bins = SessionBins.open(out)) {
      assertThat(bins.size()).as("what was flushed").isPositive();
    }
  }

  private static boolean recorded(Path out) throws IOException {
    Path bins = out.resolve("bins.xdf");
    return Files.exists(bins) && Files.size(bins) > 50_000;
  }
}
