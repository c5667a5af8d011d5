package org.efferent.data.fif;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.efferent.data.RecordingFile;
import org.efferent.data.fuzz.FuzzReads;
import org.efferent.data.fuzz.FuzzSeed;
import org.efferent.data.fuzz.FuzzTarget;
import org.efferent.data.fuzz.Packing;
import org.efferent.data.fuzz.Structure;

/** FIF of every content, plain, compressed and split. */
public final class FifFuzz {
  private static final Structure TAGS =
      Structure.chain(0, (in, at) -> at + 16L + in.order(ByteOrder.BIG_ENDIAN).getInt(at + 8));

  private FifFuzz() {}

  /** The hunts. */
  public static List<FuzzTarget> targets() {
    return List.of(
        target("fif-raw", Packing.NONE, raw(), raw(ByteOrder.LITTLE_ENDIAN), types()),
        target("fif-gz", Packing.GZIP, raw(), FifContentsTest.everything().bytes()),
        split(),
        target("fif-evoked", Packing.NONE, both(w -> evoked(w.info()).end(Fiff.B_MEAS))),
        target("fif-epochs", Packing.NONE, both(w -> epochs(w.info()).end(Fiff.B_MEAS))),
        target("fif-events", Packing.NONE, both(FifFuzz::events)),
        target("fif-cov", Packing.NONE, both(FifFuzz::covariance)),
        target(
            "fif-proj",
            Packing.NONE,
            both(w -> w.begin(Fiff.B_PROJ).projector().projector().end(Fiff.B_PROJ))),
        target(
            "fif-mixed",
            Packing.NONE,
            both(w -> w.annotations(1_000_000_001, 0.25, 0.75, "a{COLON}b").transform(5, 4)),
            FifContentsTest.everything().withDirectory()),
        new FuzzTarget(
            "fif-eve-text",
            FifEvents::readText,
            FuzzSeed.text("case.eve", "# head\n10 0 1\n20 0.5 1 2\n\n")));
  }

  private static FuzzTarget target(String name, Packing packing, byte[]... seeds) {
    return new FuzzTarget(
        name,
        FuzzTarget.Limits.DEFAULTS,
        FifFuzz::read,
        java.util.Arrays.stream(seeds)
            .map(s -> FuzzSeed.packed("case_raw.fif", s, packing, TAGS))
            .toList());
  }

  private static byte[] both(UnaryOperator<FifWriter> content) {
    return content.apply(new FifWriter()).withDirectory();
  }

  private static byte[] raw() {
    return FifFileTest.raw(new FifWriter()).withDirectory();
  }

  private static byte[] raw(ByteOrder order) {
    return FifFileTest.raw(new FifWriter(order)).bytes();
  }

  private static byte[] types() {
    FifWriter w = new FifWriter().info().begin(Fiff.B_RAW_DATA).ints(Fiff.DATA_SKIP_SAMP, 3);
    w.ints(Fiff.DATA_BUFFER, 70_000, 4, 0).floats(Fiff.DATA_BUFFER, 0.5, 0.25, 1);
    w.doubles(Fiff.DATA_BUFFER, 1e-12, 4, 2).shorts(Fiff.DATA_BUFFER, Fiff.T_SHORT, -7, 8, 3);
    return w.end(Fiff.B_RAW_DATA).end(Fiff.B_MEAS).bytes();
  }

  private static FifWriter evoked(FifWriter w) {
    w.begin(Fiff.B_EVOKED).text(Fiff.COMMENT, "left").ints(Fiff.FIRST_SAMPLE, -1);
    w.ints(Fiff.LAST_SAMPLE, 0);
    w.begin(Fiff.B_ASPECT).ints(Fiff.ASPECT_KIND, 100).ints(Fiff.NAVE, 9);
    w.matrix(Fiff.EPOCH, new int[] {3, 2}, 1, 2, 4, 8, 5, 6).end(Fiff.B_ASPECT);
    return w.end(Fiff.B_EVOKED);
  }

  private static FifWriter epochs(FifWriter w) {
    w.begin(Fiff.B_MNE_EPOCHS).begin(Fiff.B_MNE_EVENTS);
    w.ints(Fiff.MNE_EVENT_LIST, 10, 0, 1, 20, 0, 2);
    w.text(Fiff.COMMENT, "a:b:1;c:2").end(Fiff.B_MNE_EVENTS);
    w.ints(Fiff.FIRST_SAMPLE, -2).ints(Fiff.LAST_SAMPLE, -1);
    w.floats(Fiff.MNE_BASELINE_MIN, -0.5).floats(Fiff.MNE_BASELINE_MAX, 0);
    double[] values = {1, 2, 4, 8, 5, 6, 11, 12, 44, 48, 55, 56};
    w.matrix(Fiff.EPOCH, new int[] {2, 3, 2}, values);
    return w.end(Fiff.B_MNE_EPOCHS);
  }

  private static FifWriter events(FifWriter w) {
    w.begin(Fiff.B_MNE_EVENTS).ints(Fiff.MNE_EVENT_LIST, 10, 0, 1, 20, 0, 2, 33, 2, 3);
    return w.text(Fiff.COMMENT, "a:b:1;c:2").end(Fiff.B_MNE_EVENTS);
  }

  private static FifWriter covariance(FifWriter w) {
    w.begin(Fiff.B_MNE_COV).ints(Fiff.MNE_COV_KIND, 1).ints(Fiff.MNE_COV_DIM, 3);
    w.text(Fiff.MNE_ROW_NAMES, "x:y:z").ints(Fiff.MNE_COV_NFREE, 41);
    w.doubles(Fiff.MNE_COV, 1, 2, 3, 4, 5, 6).begin(Fiff.B_PROJ).projector().end(Fiff.B_PROJ);
    w.begin(Fiff.B_MNE_BAD_CHANNELS).text(Fiff.MNE_CH_NAME_LIST, "x:z");
    w.end(Fiff.B_MNE_BAD_CHANNELS).end(Fiff.B_MNE_COV);
    w.begin(Fiff.B_MNE_COV).ints(Fiff.MNE_COV_DIM, 2).floats(Fiff.MNE_COV_DIAG, 4, 5);
    return w.end(Fiff.B_MNE_COV);
  }

  /** Three parts: by number, by name, and the last. */
  private static FuzzTarget split() {
    FifWriter first = new FifWriter().info().begin(Fiff.B_RAW_DATA);
    first.floats(Fiff.DATA_BUFFER, 1, 4, 0).reference("", 1);
    FifWriter second = new FifWriter().info().begin(Fiff.B_RAW_DATA);
    second.floats(Fiff.DATA_BUFFER, 2, 8, 3).reference("last_raw.fif", 2);
    FifWriter third = new FifWriter().info().begin(Fiff.B_RAW_DATA);
    third.floats(Fiff.DATA_BUFFER, 3, 12, 0);
    return new FuzzTarget(
        "fif-split",
        FifFuzz::read,
        FuzzSeed.folder("s_raw.fif")
            .and("s_raw.fif", first.bytes(), TAGS)
            .and("s_raw-1.fif", second.bytes(), TAGS)
            .and("last_raw.fif", third.withDirectory(), TAGS));
  }

  private static void read(Path path) {
    try (RecordingFile file = FifFile.read(path)) {
      FuzzReads.all(file);
    }
    try (FifFile file = FifFile.open(path)) {
      file.epochs().ifPresent(FifFuzz::read);
      file.evoked().forEach(e -> FuzzReads.all(e.recording()));
      file.covariances().forEach(FifCovariance::values);
      file.projectors().forEach(FifProjector::vectors);
      file.transforms().forEach(FifTransform::matrix);
      file.events().forEach(FifEvents::rows);
    }
  }

  private static void read(FifEpochs epochs) {
    for (int i = 0; i < Math.min(100, epochs.count()); i++) {
      epochs.epoch(i);
    }
  }
}
