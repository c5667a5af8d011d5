package org.efferent.data.montage;

import java.util.List;
import org.efferent.data.fuzz.FuzzSeed;
import org.efferent.data.fuzz.FuzzTarget;

/** Montages and layouts, which are text. */
public final class MontageFuzz {
  private MontageFuzz() {}

  /** The hunts. */
  public static List<FuzzTarget> targets() {
    return List.of(
        new FuzzTarget(
            "montage",
            path -> Layout.of(Montage.read(path)).find("EEG Cz-Ref"),
            FuzzSeed.text("case.tsv", "label\tx\ty\tz\nCz\t0\t0\t1\nFz\t0\t0.6\t0.8\n"),
            FuzzSeed.text(
                "case.csv", "name,coil_type,x,y,z\nMLC11-606,5001,-0.01,0.04,0.08\nB,1,1,2,3\n"),
            FuzzSeed.text("case.txt", "Site\t Theta\tPhi\nFp1\t -92\t-72\nA1\t0\t0\n")),
        new FuzzTarget(
            "layout",
            path -> Layout.read(path).find("a"),
            FuzzSeed.text("case.lay", "1 0.5 0.25 0.1 0.1 A 1\n2 1 2 3 4 B\n3 1 1 1 1 SCALE\n"),
            FuzzSeed.text(
                "case.lout",
                "-42.19    43.52   -41.70    28.71\n001\t0.5\t0.74\t0.02\t0.02 E1\n002 1 2 3 4 E 2\n")));
  }
}
