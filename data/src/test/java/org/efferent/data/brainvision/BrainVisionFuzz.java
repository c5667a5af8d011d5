package org.efferent.data.brainvision;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.efferent.data.RecordingFile;
import org.efferent.data.fuzz.FuzzReads;
import org.efferent.data.fuzz.FuzzSeed;
import org.efferent.data.fuzz.FuzzTarget;
import org.efferent.data.fuzz.Structure;

/** All three files of BrainVision, binary and text, either orientation. */
public final class BrainVisionFuzz {
  private static final String COMMA =
      "[ASCII Infos]\nDecimalSymbol=,\nSkipLines=1\nSkipColumns=0\n";

  private BrainVisionFuzz() {}

  /** The hunts. */
  public static List<FuzzTarget> targets() {
    byte[] samples = new byte[48];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * 37);
    }
    return List.of(
        new FuzzTarget(
            "brainvision",
            path -> {
              try (RecordingFile file = BrainVisionFile.open(path)) {
                FuzzReads.all(file);
              }
            },
            seed("MULTIPLEXED", "INT_16", "", samples),
            seed("MULTIPLEXED", "INT_32", "", samples),
            seed("VECTORIZED", "IEEE_FLOAT_32", "[Comment]\nImpedance:\nA: 5\n", samples),
            seed("MULTIPLEXED", "", COMMA, text("A B\n1,0 10,0\n2,0 20\n-3 30\n")),
            seed("VECTORIZED", "", "", text("A 1 2 -3\nB 10 20 30\n"))));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static FuzzSeed seed(String orientation, String format, String more, byte[] samples) {
    return FuzzSeed.folder("case.vhdr")
        .and("case.vhdr", BrainVisionFileTest.header(orientation, format, more))
        .and("case.vmrk", BrainVisionFileTest.MARKERS)
        .and("case.eeg", samples, format.isEmpty() ? Structure.TEXT : Structure.every(0, 4));
  }
}
