package org.efferent.data.xdf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.efferent.data.RecordingFile;
import org.efferent.data.fuzz.FuzzReads;
import org.efferent.data.fuzz.FuzzSeed;
import org.efferent.data.fuzz.FuzzTarget;
import org.efferent.data.fuzz.Packing;
import org.efferent.data.fuzz.Structure;
import org.efferent.data.inspect.Inspection;

/** XDF, plain and compressed: by range, in memory, and inspected. */
public final class XdfFuzz {
  private static final Structure CHUNKS =
      Structure.chain(
          4,
          (in, at) -> {
            ByteBuffer b = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
            return switch (b.get(at)) {
              case 1 -> at + 2L + (b.get(at + 1) & 0xFF);
              case 4 -> at + 5L + b.getInt(at + 1);
              default -> -1;
            };
          });

  private static final Structure STRUCTURE = CHUNKS.and(Structure.words("<", ">"));

  private XdfFuzz() {}

  /** The hunts. */
  public static List<FuzzTarget> targets() {
    return List.of(target("xdf", ".xdf", Packing.NONE), target("xdf-gz", ".xdfz", Packing.GZIP));
  }

  private static FuzzTarget target(String name, String extension, Packing packing) {
    return new FuzzTarget(
            name,
            XdfFuzz::read,
            FuzzSeed.packed(
                "case" + extension, new XdfRecordingsTest().mixed(), packing, STRUCTURE),
            FuzzSeed.packed("case" + extension, whole(), packing, STRUCTURE))
        .within(FuzzTarget.Limits.XML);
  }

  /** What else a recorder writes: boundaries, clock offsets, footers, texts, deduced stamps. */
  private static byte[] whole() {
    XdfWriter w = XdfWriter.begin();
    w.header(1, 2, 100, "int16", "<desc><synchronization/></desc>").header(2, 1, 0, "string", "");
    for (int round = 0; round < 6; round++) {
      double time = 5 + round * 0.04;
      w.samples(
          1,
          XdfWriter.shorts(time, round, -round),
          XdfWriter.shorts(Double.NaN, 1, 2),
          XdfWriter.shorts(Double.NaN, 3, 4),
          XdfWriter.shorts(Double.NaN, 5, 6));
      w.offset(1, time, 0.5 + 1e-6 * round).offset(2, time, -0.25);
      w.samples(2, XdfWriter.text(time, 1, "mark" + round), XdfWriter.text(time + 0.01, 4, "é"));
      w.boundary();
    }
    return w.footer(1, 24).footer(2, 12).bytes();
  }

  private static void read(java.nio.file.Path path) {
    try (RecordingFile file = XdfRecordings.open(path)) {
      FuzzReads.all(file);
    }
    Inspection.of(path);
  }
}
