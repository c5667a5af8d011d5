package org.efferent.data.npy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import org.efferent.data.RecordingFile;
import org.efferent.data.fuzz.FuzzReads;
import org.efferent.data.fuzz.FuzzSeed;
import org.efferent.data.fuzz.FuzzTarget;
import org.efferent.data.fuzz.Packing;
import org.efferent.data.fuzz.Structure;
import org.efferent.data.fuzz.Written;

/** Arrays of NumPy, archives of them, and the files of THINGS-EEG2, which are both. */
public final class NpyFuzz {
  private static final Structure HEADER = Structure.TEXT.and(Structure.every(6, 2));
  private static final Structure ARCHIVE = Structure.words("PK");

  private NpyFuzz() {}

  /** The hunts. */
  public static List<FuzzTarget> targets() {
    String[] names = {
      "le_f4_c",
      "be_i2_f",
      "text",
      "record",
      "scalar",
      "bytes",
      "be_c8_c",
      "le_f2_c",
      "le_b1_c",
      "be_u8_c",
      "version2",
      "version3",
      "dict",
      "time",
      "empty"
    };
    List<FuzzSeed> arrays = new ArrayList<>();
    List<FuzzSeed> stored = new ArrayList<>();
    List<FuzzSeed> deflated = new ArrayList<>();
    stored.add(FuzzSeed.of("case.npz", golden("plain.npz"), ARCHIVE));
    deflated.add(FuzzSeed.of("case.npz", golden("packed.npz"), ARCHIVE));
    for (String name : names) {
      byte[] array = golden(name + ".npy");
      arrays.add(FuzzSeed.of("case.npy", array, HEADER));
      if (!name.equals("dict")) {
        stored.add(archive(array, ZipEntry.STORED));
        deflated.add(archive(array, ZipEntry.DEFLATED));
      }
    }
    List<FuzzSeed> things =
        Arrays.stream(new String[] {"raw", "epochs", "pickle", "plain"})
            .map(n -> FuzzSeed.of("case.npy", golden("things_" + n + ".npy"), HEADER))
            .toList();
    return List.of(
        target("npy", NpyFuzz::readArray, arrays),
        target("npz", NpyFuzz::readArchive, stored),
        target("npz-deflated", NpyFuzz::readArchive, deflated),
        target("npy-things-eeg2", NpyFuzz::readThings, things));
  }

  private static FuzzTarget target(String name, FuzzTarget.Reader reader, List<FuzzSeed> seeds) {
    return new FuzzTarget(name, FuzzTarget.Limits.DEFAULTS, reader, seeds);
  }

  private static FuzzSeed archive(byte[] array, int method) {
    return FuzzSeed.packed(
        "case.npz",
        array,
        Packing.zip("struck.npy", method, "sound.npy", golden("scalar.npy")),
        HEADER);
  }

  private static byte[] golden(String name) {
    return Written.resource(NpyFuzz.class, name);
  }

  private static void readArray(Path path) {
    try (NpyFile file = NpyFile.open(path)) {
      if (file.isObjects()) {
        file.objects();
      } else {
        read(file.array());
      }
    }
  }

  private static void read(NpyArray array) {
    if (array.type().isText()) {
      array.strings();
    } else if (array.type().isNumber()) {
      array.doubles();
      array.toTensor();
    }
    array.type().fields().forEach(field -> read(array.field(field.name())));
  }

  private static void readArchive(Path path) {
    try (Npz npz = Npz.open(path)) {
      npz.names().forEach(name -> read(npz.array(name)));
    }
  }

  private static void readThings(Path path) {
    try (RecordingFile file = NpyRecordings.open(path)) {
      FuzzReads.all(file);
    }
    try (ThingsEeg2 things = ThingsEeg2.open(path)) {
      if (!things.isRaw() && things.epochs().size(0) > 0 && things.epochs().size(1) > 0) {
        long values = things.epochs().size(2) * things.epochs().size(3);
        if (values <= 1 << 16) {
          things.readEpoch(0, 0, new double[(int) values]);
        }
      }
    }
  }
}
