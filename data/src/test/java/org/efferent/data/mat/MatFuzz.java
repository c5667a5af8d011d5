package org.efferent.data.mat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.data.fuzz.FuzzSeed;
import org.efferent.data.fuzz.FuzzTarget;
import org.efferent.data.fuzz.Packing;
import org.efferent.data.fuzz.Structure;
import org.efferent.data.fuzz.Written;
import org.efferent.data.hdf5.Hdf5File;
import org.efferent.data.hdf5.Hdf5Fuzz;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Struct;

/** MAT 5, plain and compressed, of either order of bytes; MAT 7.3 and the content of its chunks. */
public final class MatFuzz {
  private static final Structure ELEMENTS = Structure.every(0, 8);

  private MatFuzz() {}

  /** The hunts. */
  public static List<FuzzTarget> targets() {
    List<FuzzSeed> compressed = new ArrayList<>();
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      byte[] plain = Written.by("plain.mat", path -> write(path, order, false));
      byte[] head = Arrays.copyOf(plain, 128);
      ByteBuffer in = ByteBuffer.wrap(plain).order(order);
      for (int at = 128; at + 8 <= plain.length; ) {
        int next = at + 8 + in.getInt(at + 4);
        byte[] element = Arrays.copyOfRange(plain, at, next);
        compressed.add(FuzzSeed.packed("case.mat", element, p -> wrap(head, order, p), ELEMENTS));
        at = next;
      }
    }
    byte[] matlab = Written.resource(Hdf5File.class, "matlab.mat");
    List<FuzzSeed> hdf5 = new ArrayList<>(Hdf5Fuzz.chunks("case.mat", matlab));
    hdf5.add(
        FuzzSeed.of("case.mat", matlab, Structure.words("TREE", "SNOD", "HEAP").and(ELEMENTS)));
    return List.of(
        new FuzzTarget(
            "mat-5",
            MatFuzz::read,
            written(ByteOrder.LITTLE_ENDIAN, false),
            written(ByteOrder.BIG_ENDIAN, false),
            written(ByteOrder.LITTLE_ENDIAN, true)),
        target("mat-5-compressed", compressed),
        target("mat-7.3", hdf5));
  }

  private static FuzzTarget target(String name, List<FuzzSeed> seeds) {
    return new FuzzTarget(name, FuzzTarget.Limits.DEFAULTS, MatFuzz::read, seeds);
  }

  private static FuzzSeed written(ByteOrder order, boolean compressed) {
    byte[] file = Written.by("written.mat", path -> write(path, order, compressed));
    return FuzzSeed.of("case.mat", file, ELEMENTS);
  }

  /** A file of one compressed element. */
  private static byte[] wrap(byte[] head, ByteOrder order, byte[] element) {
    byte[] stream = Packing.deflated(element, 6);
    ByteBuffer b = ByteBuffer.allocate(136 + stream.length).order(order);
    return b.put(head).putInt(15).putInt(stream.length).put(stream).array();
  }

  private static void write(Path path, ByteOrder order, boolean compressed) throws IOException {
    Mat5File file = MatFileTest.content();
    for (MatlabType type : List.of(MatlabType.Int8, MatlabType.UInt16, MatlabType.Int64)) {
      Matrix numbers = Mat5.newMatrix(new int[] {2, 1, 2}, type);
      numbers.setDouble(1, 100);
      file.addArray("t" + type, numbers);
    }
    Struct in = Mat5.newStruct().set("x", Mat5.newScalar(4)).set("none", Mat5.newCell(0, 0));
    file.addArray("nested", Mat5.newStruct().set("in", in));
    file.addArray("complex", Mat5.newComplexScalar(1, 2));
    MatFileTest.write(path, file, order, compressed);
    Files.write(path, sparse(order), StandardOpenOption.APPEND);
  }

  /**
   * A sparse array [2 × 2] of two values, which the library that writes the rest does not write.
   */
  private static byte[] sparse(ByteOrder order) {
    ByteBuffer b = ByteBuffer.allocate(128).order(order).putInt(14).putInt(120);
    b.putInt(6).putInt(8).putInt(5).putInt(2).putInt(5).putInt(8).putInt(2).putInt(2);
    b.putInt(1).putInt(2).put(new byte[] {'s', 'p', 0, 0, 0, 0, 0, 0});
    b.putInt(5).putInt(8).putInt(0).putInt(1).putInt(5).putInt(12).putInt(0).putInt(1).putInt(2);
    return b.putInt(0).putInt(9).putInt(16).putDouble(1.5).putDouble(-2).array();
  }

  private static void read(Path path) {
    try (MatFile mat = MatFile.open(path)) {
      mat.describe();
      for (String name : mat.names()) {
        visit(mat.require(name));
      }
    }
  }

  private static void visit(MatValue value) {
    if (value instanceof MatArray array && !array.complex()) {
      array.doubles();
      array.toTensor();
    } else if (value instanceof MatText text) {
      text.text();
    } else if (value instanceof MatCell cell) {
      for (int i = 0; i < Math.min(1000, cell.size()); i++) {
        visit(cell.get(i));
      }
    } else if (value instanceof MatStruct struct && struct.size() > 0) {
      struct.fields().forEach(field -> visit(struct.get(field).orElseThrow()));
    }
  }
}
