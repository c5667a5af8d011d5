package org.efferent.data.hdf5;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.efferent.data.fuzz.FuzzSeed;
import org.efferent.data.fuzz.FuzzTarget;
import org.efferent.data.fuzz.Packing;
import org.efferent.data.fuzz.Structure;
import org.efferent.data.fuzz.Written;

/** HDF5 of every layout, its structures and the content of its compressed chunks. */
public final class Hdf5Fuzz {
  private static final Structure STRUCTURE =
      Structure.words(
              "\u0089HDF",
              "TREE",
              "SNOD",
              "HEAP",
              "GCOL",
              "OHDR",
              "OCHK",
              "FRHP",
              "FHDB",
              "FADB",
              "BTHD",
              "BTLF",
              "FAHD",
              "EAHD",
              "EAIB",
              "EADB")
          .and(Structure.every(0, 32));

  private Hdf5Fuzz() {}

  /** The hunts. */
  public static List<FuzzTarget> targets() {
    byte[] jhdf = Written.by("written.h5", Hdf5FileTest::write);
    byte[] earliest = Written.resource(Hdf5Fuzz.class, "earliest.h5");
    byte[] latest = Written.resource(Hdf5Fuzz.class, "latest.h5");
    List<FuzzSeed> chunks = new ArrayList<>(chunks("case.h5", earliest));
    chunks.addAll(chunks("case.h5", latest));
    return List.of(
        new FuzzTarget(
            "hdf5",
            Hdf5Fuzz::read,
            FuzzSeed.of("case.h5", jhdf, STRUCTURE),
            FuzzSeed.of("case.h5", earliest, STRUCTURE),
            FuzzSeed.of("case.h5", latest, STRUCTURE)),
        new FuzzTarget("hdf5-chunks", FuzzTarget.Limits.DEFAULTS, Hdf5Fuzz::read, chunks));
  }

  /** A seed for each compressed chunk of a file, whose content is struck and packed again. */
  public static List<FuzzSeed> chunks(String name, byte[] file) {
    List<FuzzSeed> seeds = new ArrayList<>();
    for (int at = 0; at < file.length; at++) {
      int[] length = new int[1];
      byte[] content = inflated(file, at, length);
      if (content.length > 0) {
        int from = at;
        Packing packing = payload -> replaced(file, from, length[0], payload);
        seeds.add(FuzzSeed.packed(name, content, packing, Structure.every(0, 8)));
      }
    }
    return seeds;
  }

  /** What a zlib stream holds; nothing if there is none at a place. */
  private static byte[] inflated(byte[] file, int at, int[] length) {
    if (file[at] != 0x78) {
      return new byte[0];
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(file, at, file.length - at);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] block = new byte[1024];
      while (!inflater.finished()) {
        int n = inflater.inflate(block);
        if (n == 0 && !inflater.finished()) {
          return new byte[0];
        }
        out.write(block, 0, n);
      }
      length[0] = (int) inflater.getBytesRead();
      return out.toByteArray();
    } catch (DataFormatException e) {
      return new byte[0];
    } finally {
      inflater.end();
    }
  }

  /** In its place if it fits, else at the end, where whatever points to it then points. */
  private static byte[] replaced(byte[] file, int at, int length, byte[] payload) {
    byte[] stream = Packing.deflated(payload, 9);
    if (stream.length <= length) {
      byte[] all = file.clone();
      System.arraycopy(stream, 0, all, at, stream.length);
      return all;
    }
    byte[] all = Arrays.copyOf(file, file.length + stream.length);
    System.arraycopy(stream, 0, all, file.length, stream.length);
    ByteBuffer b = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i + 8 <= file.length; i++) {
      // The superblock of a MAT-file lies behind 512 bytes that addresses do not count.
      long base = at - b.getLong(i);
      if (base == 0 || base == 512) {
        b.putLong(i, file.length - base);
        for (int k = Math.max(0, i - 40); k < Math.min(file.length - 4, i + 12); k++) {
          if ((k + 4 <= i || k >= i + 8) && b.getInt(k) == length) {
            b.putInt(k, stream.length);
          }
        }
      }
    }
    return all;
  }

  private static void read(Path path) {
    try (Hdf5File file = Hdf5File.open(path)) {
      for (String line : file.tree()) {
        Optional<Hdf5Node> node = file.find(line.substring(0, line.lastIndexOf(": ")));
        if (node.isEmpty()) {
          // A name that was struck: a slash in it makes it a path.
          continue;
        }
        Hdf5Dataset dataset = node.get().dataset();
        if (dataset.isNumeric()) {
          dataset.doubles();
          dataset.readFlat(0, (int) Math.min(3, dataset.elements()), new double[3], 0);
        } else if (dataset.isText()) {
          dataset.texts();
        } else if (dataset.isReference()) {
          for (long address : dataset.references()) {
            file.at(address).children();
          }
        } else if (dataset.isCompound()) {
          dataset.members();
        }
      }
      file.find("g")
          .ifPresent(
              g -> {
                g.text("unit");
                g.numbers("rate");
                g.attribute("names");
                g.attribute("flag");
              });
    }
  }
}
