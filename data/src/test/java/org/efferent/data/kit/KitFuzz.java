package org.efferent.data.kit;

import java.util.List;
import org.efferent.data.RecordingFile;
import org.efferent.data.fuzz.FuzzReads;
import org.efferent.data.fuzz.FuzzSeed;
import org.efferent.data.fuzz.FuzzTarget;
import org.efferent.data.fuzz.Structure;

/** KIT of the layouts and widths that there are. */
public final class KitFuzz {
  private static final Structure STRUCTURE =
      Structure.every(0, 4).and(bytes -> new int[] {208, 724, 1000, 1076, 1400, 1500, 1520, 1600});

  private KitFuzz() {}

  /** The hunts. */
  public static List<FuzzTarget> targets() {
    return List.of(
        new FuzzTarget(
            "kit",
            path -> {
              try (RecordingFile file = KitFile.read(path)) {
                FuzzReads.all(file);
              }
              KitFile.events(path);
            },
            seed(2, 3, 16),
            seed(2, 4, 16),
            seed(3, 0, 32)));
  }

  private static FuzzSeed seed(int version, int revision, int bits) {
    byte[] bytes = KitFileTest.bytes(KitFileTest.file(version, revision, bits));
    return FuzzSeed.of("case.con", bytes, STRUCTURE);
  }
}
