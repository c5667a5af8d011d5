package org.efferent.filters.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.efferent.core.EfferentException;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.filters.FilterKind;
import org.efferent.filters.loop.ClosedLoop.Phase;
import org.efferent.filters.loop.DecoderTraining.Trained;
import org.efferent.filters.task.RadialTargets;
import org.efferent.filters.task.TaskOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionDecoderFileTest {
  private static final double BIN = 0.05;
  private static final LoopSetup SETUP =
      new LoopSetup(
          new TaskOptions(BIN, 0.3, 5, true, false),
          seed -> new RadialTargets(8, 12, 2.4, seed),
          18,
          15);
  private static final List<String> LABELS =
      IntStream.range(0, LinearUser.CHANNELS).mapToObj(c -> "unit " + c).toList();

  @TempDir Path folder;

  private static DecoderRecipe recipe(FilterKind kind) {
    DecoderRecipe standard = DecoderRecipe.of(kind, 4);
    return new DecoderRecipe(
        standard.filter(),
        0,
        kind == FilterKind.KALMAN ? List.of(0.0) : List.of(0.1),
        standard.components() == 0 ? 0 : 4,
        kind == FilterKind.DKF_MK ? Double.POSITIVE_INFINITY : 3,
        DecoderRecipe.Labels.TOWARDS,
        4,
        0.3,
        20_000);
  }

  private static DecoderTraining training(FilterKind kind) {
    return new DecoderTraining(recipe(kind), SETUP, () -> LinearUser::intend, 0.8, 0.05, 1);
  }

  private static LoopOptions options(Optional<Adaptation> adaptation) {
    return new LoopOptions(CalibrationBlock.standard(25, 10), SETUP, SETUP, 4, 0.2, adaptation);
  }

  private static Trained trained(FilterKind kind) {
    ClosedLoop loop = new ClosedLoop(options(Optional.empty()), training(kind), recipe(kind), 2);
    LinearUser user = new LinearUser(2, 3);
    while (loop.phase() == Phase.OPEN) {
      loop.step(user.features(loop));
    }
    return loop.versions().orElseThrow().current().value();
  }

  private Path saved(FilterKind kind) {
    Path file = folder.resolve("a.safetensors");
    SessionDecoderFile.of(trained(kind), LABELS, "Units").save(file, false);
    return file;
  }

  @ParameterizedTest
  @EnumSource(
      value = FilterKind.class,
      names = {"KALMAN", "DKF_NW", "DKF_MK", "REFIT"})
  void whatWasSavedDecodesToTheSameBits(FilterKind kind) {
    Trained before = trained(kind);
    Path file = folder.resolve("a.safetensors");
    SessionDecoderFile.of(before, LABELS, "Units").save(file, false);
    SessionDecoderFile loaded = SessionDecoderFile.load(file);
    Trained after = loaded.trained();
    assertThat(loaded.features()).isEqualTo(LABELS);
    assertThat(loaded.stream()).isEqualTo("Units");
    assertThat(after.featureSmoothing()).isEqualTo(before.featureSmoothing());
    assertThat(after.angularError()).isEqualTo(before.angularError());
    assertThat(after.rows()).isEqualTo(before.rows());
    assertThat(after.decoder().control()).isEqualTo(before.decoder().control());
    assertThat(after.decoder().topSpeed()).isEqualTo(15);
    assertThat(after.decoder().bestChannel()).isEqualTo(before.decoder().bestChannel());
    before.decoder().reset();
    SplittableRandom random = new SplittableRandom(5);
    double[] row = new double[LinearUser.CHANNELS];
    double[] place = new double[2];
    for (int t = 0; t < 400; t++) {
      for (int c = 0; c < row.length; c++) {
        row[c] = 5 + 4 * random.nextGaussian();
      }
      double[] one = before.decoder().step(row, place).clone();
      assertThat(after.decoder().step(row, place)).containsExactly(one);
      assertThat(after.decoder().estimate().orElseThrow().covariance())
          .containsExactly(before.decoder().estimate().orElseThrow().covariance());
      place[0] += BIN * one[0];
      place[1] += BIN * one[1];
    }
    // The same content gives the same bytes.
    Path again = folder.resolve("b.safetensors");
    loaded.save(again, false);
    assertThat(again).hasSameBinaryContentAs(file);
    assertThatThrownBy(() -> loaded.save(again, false)).isInstanceOf(UsageException.class);
  }

  @Test
  void aSessionBeginsWithADecoderAndAdaptsIt() {
    Trained start = SessionDecoderFile.load(saved(FilterKind.KALMAN)).trained();
    try (ClosedLoop loop =
        ClosedLoop.recorded(
            options(Optional.of(new Adaptation(15, 60))),
            training(FilterKind.KALMAN),
            recipe(FilterKind.KALMAN),
            7,
            new ClosedLoop.Start(start, "loaded"),
            step -> true)) {
      LinearUser user = new LinearUser(2, 3);
      assertThat(loop.phase()).isEqualTo(Phase.RUNNING);
      assertThat(loop.versions().orElseThrow().current().note()).isEqualTo("loaded");
      boolean taken = false;
      while (loop.seconds() < 60) {
        loop.step(user.features(loop));
        taken |= loop.taken();
        assertThat(loop.phase()).isEqualTo(Phase.RUNNING);
      }
      assertThat(taken).as("adaptation made something").isTrue();
      assertThat(loop.finished()).hasSizeGreaterThan(10);
      assertThat(loop.finished().stream().filter(f -> f.trial().acquired()).count())
          .isGreaterThan(loop.finished().size() * 8L / 10);
    }
  }

  @Test
  void anotherMontageIsRefused() {
    Path file = saved(FilterKind.KALMAN);
    SessionDecoderFile loaded = SessionDecoderFile.load(file);
    loaded.check(file, LABELS, BIN);
    assertThatThrownBy(() -> loaded.check(file, LABELS.subList(0, 11), BIN))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a.safetensors: a decoder steers with the features that it was trained on; it has 12 ('unit 0' to 'unit 11'), the session 11: choose the same stream and features, or calibrate anew");
    List<String> renamed = new ArrayList<>(LABELS);
    renamed.set(3, "EMG");
    renamed.set(4, "unit 3");
    assertThatThrownBy(() -> loaded.check(file, renamed, BIN))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a.safetensors: a decoder steers with the features that it was trained on; feature 4 is 'unit 3' in it and 'EMG' in the session, 2 of 12 differ: choose the same stream and features, or calibrate anew");
    assertThatThrownBy(() -> loaded.check(file, LABELS, 0.02))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a.safetensors: a decoder steers with bins as long as those that it was trained on; its bins are of 0.05 s, the session's of 0.02 s: give --bin-seconds 0.05, or calibrate anew");
    assertThatThrownBy(() -> SessionDecoderFile.of(loaded.trained(), renamed.subList(0, 2), ""))
        .isInstanceOf(InputException.class)
        .hasMessage("a decoder is saved with a label a channel; labels=2, channels=12");
  }

  private void refused(
      BiConsumer<Map<String, String>, Map<String, Tensor>> damage, String message) {
    Safetensors whole = Safetensors.read(folder.resolve("a.safetensors"));
    Map<String, String> words = new LinkedHashMap<>(whole.metadata());
    Map<String, Tensor> tensors = new LinkedHashMap<>(whole.tensors());
    damage.accept(words, tensors);
    Path file = folder.resolve("damaged.safetensors");
    new Safetensors(words, tensors).write(file, true);
    assertThatThrownBy(() -> SessionDecoderFile.load(file))
        .isInstanceOf(InputException.class)
        .hasMessage("damaged.safetensors: " + message);
  }

  @Test
  void everyTensorAndEntryIsChecked() {
    saved(FilterKind.DKF_NW);
    double[] one = {1};
    refused(
        (w, t) -> w.put("format", "efferent-cursor-decoder"),
        "a session decoder's format must be 'efferent-session-decoder';"
            + " format=efferent-cursor-decoder");
    refused((w, t) -> w.put("version", "2"), "a session decoder's version must be '1'; version=2");
    refused((w, t) -> w.remove("stream"), "a session's decoder must have the entry 'stream'");
    refused((w, t) -> w.put("colour", "red"), "a session's decoder has no entry 'colour'");
    refused(
        (w, t) -> w.remove("channel.3"),
        "a session's decoder must name each channel; channels=12, names=11");
    refused((w, t) -> t.put("more", Tensor.of(one, 1)), "a session's decoder has no tensor 'more'");
    refused(
        (w, t) -> t.remove("chain.mean"),
        "a session's decoder must have the tensor 'chain.mean' of F64; type=none");
    refused(
        (w, t) -> t.put("chain.mean", Tensor.of(new float[12], 12)),
        "a session's decoder must have the tensor 'chain.mean' of F64; type=F32");
    refused(
        (w, t) -> t.put("chain.scale", Tensor.of(one, 1)),
        "tensor 'chain.scale' must have the shape [12]; shape=[1]");
    refused(
        (w, t) -> t.put("chain.scale", Tensor.of(new double[12], 12)),
        "a z-score needs finite means and scales above 0; channel=0, mean="
            + Safetensors.read(folder.resolve("a.safetensors")).tensor("chain.mean").doubles()[0]
            + ", scale=0.0");
    double[] two = new double[12];
    two[5] = 2;
    refused(
        (w, t) -> t.put("chain.alive", Tensor.of(two, 12)),
        "tensor 'chain.alive' must hold 0 and 1; value=2.0");
    refused(
        (w, t) -> t.put("chain.smoothing", Tensor.of(new double[] {Double.NaN}, 1)),
        "tensor 'chain.smoothing' must be finite; value=NaN");
    refused(
        (w, t) -> t.put("control", Tensor.of(new double[] {1, 1, 0, -15, 0.05}, 5)),
        "tensors 'chain.smoothing' and 'control' must hold times from 0 to 3600 s, a scale and a top speed above 0, a gain of 0 or more and a bin of at most 1 s; smoothing=0.1, control=[1.0, 1.0, 0.0, -15.0, 0.05]");
    refused(
        (w, t) -> t.put("training", Tensor.of(new double[] {12, 0, 9}, 3)),
        "tensor 'training' must hold a channel, an angle and a number of rows; values=[12.0, 0.0,"
            + " 9.0]");
    refused(
        (w, t) -> t.put("chain.components", Tensor.of(new double[24], 12, 2)),
        "tensor 'chain.components' must have the shape [k, 12], k at most 12; shape=[12, 2]");
    refused(
        (w, t) -> {
          t.remove("chain.components");
          t.remove("chain.centre");
        },
        "the filter must read what the chain gives and say two velocities; inputs=4 of 12,"
            + " outputs=2");
    refused(
        (w, t) -> w.put("decoder.version", "9"),
        "a saved decoder's version must be at most 1; version=9: it was saved by a newer Efferent,"
            + " use that one");
  }

  /** Whatever is damaged, it is said in one way, or something that decodes comes out. */
  @Test
  void aDamagedFileIsRefusedByName() throws IOException {
    Path file = saved(FilterKind.KALMAN);
    byte[] whole = Files.readAllBytes(file);
    Path damaged = folder.resolve("damaged.safetensors");
    Files.write(damaged, java.util.Arrays.copyOf(whole, whole.length - 9));
    assertThatThrownBy(() -> SessionDecoderFile.load(damaged))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("damaged.safetensors: ");
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] copy = whole.clone();
      // Most of the file is numbers; half of the damage goes into the header.
      int at = random.nextInt(i % 2 == 0 ? 2000 : whole.length);
      copy[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(damaged, copy);
      try {
        VelocityDecoder decoder = SessionDecoderFile.load(damaged).trained().decoder();
        assertThat(decoder.step(new double[LinearUser.CHANNELS], new double[2])).hasSize(2);
      } catch (EfferentException e) {
        assertThat(e).as("byte %d", at).hasMessageStartingWith("damaged.safetensors");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(50);
  }
}
