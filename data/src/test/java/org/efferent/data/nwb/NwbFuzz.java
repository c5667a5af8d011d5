package org.efferent.data.nwb;

import java.util.ArrayList;
import java.util.List;
import org.efferent.data.fuzz.FuzzSeed;
import org.efferent.data.fuzz.FuzzTarget;
import org.efferent.data.fuzz.Structure;
import org.efferent.data.fuzz.Written;
import org.efferent.data.hdf5.Hdf5Fuzz;

/** NWB files: their structures and the content of their compressed chunks. */
public final class NwbFuzz {
  private NwbFuzz() {}

  /** The hunts. */
  public static List<FuzzTarget> targets() {
    Structure structure =
        Structure.words("TREE", "SNOD", "HEAP", "GCOL", "OHDR").and(Structure.every(0, 32));
    List<FuzzSeed> seeds = new ArrayList<>();
    for (String name : List.of("signals.nwb", "others.nwb", "tables.nwb")) {
      byte[] file = Written.resource(NwbFuzz.class, name);
      seeds.add(FuzzSeed.of("case.nwb", file, structure));
      seeds.addAll(Hdf5Fuzz.chunks("case.nwb", file));
    }
    return List.of(new FuzzTarget("nwb", FuzzTarget.Limits.DEFAULTS, NwbFileTest::all, seeds));
  }
}
