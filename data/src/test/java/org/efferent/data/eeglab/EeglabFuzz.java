package org.efferent.data.eeglab;

import java.util.ArrayList;
import java.util.List;
import org.efferent.data.fuzz.FuzzSeed;
import org.efferent.data.fuzz.FuzzTarget;
import org.efferent.data.fuzz.Structure;
import org.efferent.data.fuzz.Written;
import org.efferent.data.hdf5.Hdf5Fuzz;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Struct;

/** EEGLAB datasets of MAT 5, data inside and beside, and of MAT 7.3 with the content of chunks. */
public final class EeglabFuzz {
  private static final Structure ELEMENTS = Structure.every(0, 8);

  private EeglabFuzz() {}

  /** The hunts. */
  public static List<FuzzTarget> targets() {
    byte[] beside = EeglabFileTest.floats(0, 10, 1, 11, 2, 12, 3, 13);
    List<FuzzSeed> seven = new ArrayList<>();
    for (String name : List.of("continuous73.set", "epoched73.set", "one73.set")) {
      byte[] file = Written.resource(EeglabFuzz.class, name);
      seven.add(
          FuzzSeed.of("case.set", file, Structure.words("TREE", "SNOD", "HEAP").and(ELEMENTS)));
      seven.addAll(Hdf5Fuzz.chunks("case.set", file));
    }
    return List.of(
        new FuzzTarget(
            "eeglab",
            EeglabFileTest::all,
            written(EeglabFileTest.eeg(EeglabFileTest.values(MatlabType.Single, 4)), false),
            written(EeglabFileTest.eeg(EeglabFileTest.values(MatlabType.Double, 4)), true),
            written(EeglabFileTest.eeg(Mat5.newString("case.fdt")), false)
                .and("case.fdt", beside, Structure.every(0, 4))),
        new FuzzTarget("eeglab-7.3", FuzzTarget.Limits.DEFAULTS, EeglabFileTest::all, seven));
  }

  private static FuzzSeed written(Struct eeg, boolean compressed) {
    MatFile file = Mat5.newMatFile().addArray("EEG", eeg);
    byte[] bytes = Written.by("written.set", path -> EeglabFileTest.write(path, file, compressed));
    return FuzzSeed.of("case.set", bytes, ELEMENTS);
  }
}
