package org.efferent.data.ctf;

import java.nio.file.Path;
import java.util.List;
import org.efferent.data.RecordingFile;
import org.efferent.data.fuzz.FuzzReads;
import org.efferent.data.fuzz.FuzzSeed;
import org.efferent.data.fuzz.FuzzTarget;
import org.efferent.data.fuzz.Structure;

/** Each file of CTF's folder. */
public final class CtfFuzz {
  private CtfFuzz() {}

  /** The hunts. */
  public static List<FuzzTarget> targets() {
    Structure header =
        Structure.every(1844, 16)
            .and(b -> new int[] {778, 1033, 1288, 1292, 1296, 1304, 1312, 1316, 1836, 1844, 1850});
    return List.of(
        new FuzzTarget(
            "ctf",
            CtfFuzz::read,
            FuzzSeed.folder("a.ds")
                .and("a.ds/a.res4", CtfFileTest.header(), header)
                .and("a.ds/a.meg4", CtfFileTest.trials(0, 2), Structure.every(8, 200))
                .and("a.ds/a.1_meg4", CtfFileTest.trials(2, 1), Structure.every(8, 200))
                .and("a.ds/BadChannels", "MLC11\n")
                .and("a.ds/MarkerFile.mrk", CtfFileTest.MARKERS)));
  }

  private static void read(Path path) {
    try (RecordingFile file = CtfFile.read(path)) {
      FuzzReads.all(file);
    }
  }
}
