package org.efferent.data.files;

import java.nio.file.Path;
import java.util.List;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;
import org.efferent.data.bids.BidsDataset;
import org.efferent.data.bids.BidsRecording;
import org.efferent.data.blackrock.NevFile;
import org.efferent.data.blackrock.NsxFile;
import org.efferent.data.brainvision.BrainVisionFile;
import org.efferent.data.csv.CsvRecordings;
import org.efferent.data.ctf.CtfFile;
import org.efferent.data.edf.EdfFile;
import org.efferent.data.eeglab.EeglabFile;
import org.efferent.data.fif.FifFile;
import org.efferent.data.hdf5.Hdf5File;
import org.efferent.data.kit.KitFile;
import org.efferent.data.mat.MatFile;
import org.efferent.data.npy.NpyRecordings;
import org.efferent.data.nwb.NwbFile;
import org.efferent.data.wav.WavFile;
import org.efferent.data.xdf.XdfRecordings;

/** Opens recordings of every format. */
public final class RecordingFiles {
  private RecordingFiles() {}

  /**
   * Opens a file or a folder of recordings. Nothing but headers, markers and stamps is read before
   * it is asked for.
   *
   * @param path a file of one of {@link FileFormat}
   * @return the file, to be closed
   * @throws org.efferent.core.InputException if it is missing or not what it claims to be
   * @throws UnsupportedInputException if it is of a kind that is not read
   */
  public static RecordingFile open(Path path) {
    FileFormat format = FileFormat.of(path);
    return switch (format) {
      case XDF -> XdfRecordings.open(path);
      case EDF -> EdfFile.open(path);
      case BRAINVISION -> BrainVisionFile.open(path);
      case FIF -> FifFile.read(path);
      case CTF -> CtfFile.read(path);
      case KIT -> KitFile.read(path);
      case WAV -> WavFile.open(path);
      case CSV -> CsvRecordings.open(path);
      case NPY, NPZ, PICKLE -> NpyRecordings.open(path);
      case MAT -> matlab(path);
      case HDF5 -> hdf5(path);
      case SAFETENSORS -> TensorRecordings.open(path);
      case BIDS -> throw folder(path);
      case EEGLAB -> EeglabFile.open(path);
      case NSX -> NsxFile.open(path);
      case NEV -> NevFile.read(path);
      case NWB -> NwbFile.read(path);
    };
  }

  private static RecordingFile matlab(Path path) {
    try (MatFile file = MatFile.open(path)) {
      if (EeglabFile.isDataset(file)) {
        return EeglabFile.open(path);
      }
      return contents(path, "MAT " + file.version(), file.describe());
    }
  }

  private static RecordingFile hdf5(Path path) {
    try (Hdf5File file = Hdf5File.open(path)) {
      if (file.root().text("nwb_version").isPresent()) {
        return NwbFile.read(path);
      }
      return contents(path, "HDF5", file.tree());
    }
  }

  private static RecordingFile contents(Path path, String format, List<String> lines) {
    return new RecordingFile(
        path, format, List.of(), List.of(), RecordingAbout.UNKNOWN, lines, List.of());
  }

  private static UnsupportedInputException folder(Path path) {
    List<BidsRecording> recordings = BidsDataset.open(path).recordings();
    return new UnsupportedInputException(
        "%s: is a BIDS folder of %d recordings; name one of them%s"
            .formatted(
                InputFiles.name(path),
                recordings.size(),
                recordings.isEmpty()
                    ? ""
                    : ", for example " + path.relativize(recordings.get(0).path())));
  }
}
