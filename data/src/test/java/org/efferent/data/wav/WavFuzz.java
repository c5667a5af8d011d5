package org.efferent.data.wav;

import java.util.List;
import org.efferent.data.RecordingFile;
import org.efferent.data.fuzz.FuzzReads;
import org.efferent.data.fuzz.FuzzSeed;
import org.efferent.data.fuzz.FuzzTarget;
import org.efferent.data.fuzz.Structure;

/** WAV of every width, RIFF and RF64. */
public final class WavFuzz {
  private static final Structure CHUNKS =
      Structure.words("RIFF", "RF64", "WAVE", "ds64", "LIST", "fmt ", "data");

  private WavFuzz() {}

  /** The hunts. */
  public static List<FuzzTarget> targets() {
    return List.of(
        new FuzzTarget(
            "wav",
            path -> {
              try (RecordingFile file = WavFile.open(path)) {
                FuzzReads.all(file);
              }
            },
            seed(false, 1, 1, 8, false),
            seed(false, 1, 2, 16, false),
            seed(false, 1, 2, 24, true),
            seed(true, 1, 1, 32, false),
            seed(false, 3, 2, 32, true),
            seed(true, 3, 1, 64, false)));
  }

  private static FuzzSeed seed(boolean rf64, int code, int channels, int bits, boolean more) {
    byte[] file = WavFileTest.wav(rf64, code, channels, bits, more, new byte[240]);
    return FuzzSeed.of("case.wav", file, CHUNKS);
  }
}
