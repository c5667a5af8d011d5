package org.efferent.data.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.efferent.data.bids.BidsFuzz;
import org.efferent.data.blackrock.BlackrockFuzz;
import org.efferent.data.brainvision.BrainVisionFuzz;
import org.efferent.data.csv.CsvFuzz;
import org.efferent.data.ctf.CtfFuzz;
import org.efferent.data.edf.EdfFuzz;
import org.efferent.data.eeglab.EeglabFuzz;
import org.efferent.data.fif.FifFuzz;
import org.efferent.data.hdf5.Hdf5Fuzz;
import org.efferent.data.inspect.Inspection;
import org.efferent.data.kit.KitFuzz;
import org.efferent.data.mat.MatFuzz;
import org.efferent.data.montage.MontageFuzz;
import org.efferent.data.npy.NpyFuzz;
import org.efferent.data.nwb.NwbFuzz;
import org.efferent.data.pickle.PickleFuzz;
import org.efferent.data.wav.WavFuzz;
import org.efferent.data.xdf.XdfFuzz;

/** The readers that are hunted; a new one is added here. */
public final class FuzzTargets {
  private FuzzTargets() {}

  /** All of them. */
  public static List<FuzzTarget> all() {
    List<FuzzTarget> all = new ArrayList<>();
    all.addAll(XdfFuzz.targets());
    all.addAll(EdfFuzz.targets());
    all.addAll(BrainVisionFuzz.targets());
    all.addAll(FifFuzz.targets());
    all.addAll(CtfFuzz.targets());
    all.addAll(KitFuzz.targets());
    all.addAll(MatFuzz.targets());
    all.addAll(Hdf5Fuzz.targets());
    all.addAll(NpyFuzz.targets());
    all.addAll(PickleFuzz.targets());
    all.addAll(SafetensorsFuzz.targets());
    all.addAll(CsvFuzz.targets());
    all.addAll(WavFuzz.targets());
    all.addAll(BidsFuzz.targets());
    all.addAll(EeglabFuzz.targets());
    all.addAll(NwbFuzz.targets());
    all.addAll(BlackrockFuzz.targets());
    all.addAll(MontageFuzz.targets());
    all.add(inspect(all));
    return all;
  }

  /** What a user does first with a file that somebody sent: the format is guessed, all is read. */
  private static FuzzTarget inspect(List<FuzzTarget> others) {
    List<FuzzSeed> seeds =
        others.stream()
            .map(t -> t.seeds().get(0))
            .filter(s -> s.members().size() == 1 && !s.opened().matches(".*\\.(eve|lay|tsv)"))
            .toList();
    return new FuzzTarget("inspect", FuzzTarget.Limits.BLOCKS, Inspection::of, seeds);
  }
}
