package org.efferent.data.files;

import java.nio.file.Path;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingFile;
import org.efferent.data.brainvision.BrainVisionFile;
import org.efferent.data.ctf.CtfFile;
import org.efferent.data.edf.EdfFile;
import org.efferent.data.fif.FifFile;
import org.efferent.data.kit.KitFile;
import org.efferent.data.wav.WavFile;

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
      case EDF -> EdfFile.open(path);
      case BRAINVISION -> BrainVisionFile.open(path);
      case FIF -> FifFile.read(path);
      case KIT -> KitFile.read(path);
      case CTF -> CtfFile.read(path);
      case WAV -> WavFile.open(path);
      default ->
          throw new UnsupportedInputException(
              InputFiles.name(path) + ": " + format.title() + " is not read yet");
    };
  }
}
