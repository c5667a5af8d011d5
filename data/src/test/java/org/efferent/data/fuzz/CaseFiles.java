package org.efferent.data.fuzz;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Puts the files of a case into a folder. The number of a case is its seed. */
final class CaseFiles {
  /** Beyond what int, unsigned int and a file of 32-bit offsets know. */
  private static final long[] HUGE = {
    (1L << 31) + 17, (1L << 32) - 3, (1L << 32) + 4096, 5_000_000_000L
  };

  /** Once in so many cases what is packed unpacks to much more. */
  private static final int BOMB_EVERY = 4000;

  private static final int BOMB = 32 << 20;

  private final FuzzTarget target;
  private final Path folder;
  private final Map<FuzzSeed.Member, Damage> damages = new HashMap<>();
  private final Map<FuzzSeed.Member, byte[]> sound = new HashMap<>();
  private final Map<String, byte[]> onDisk = new HashMap<>();

  /**
   * A case.
   *
   * @param opened what the reader is given
   * @param bytes what its files justify: their size, or that of what is packed in them
   */
  record Case(Path opened, long bytes) {}

  CaseFiles(FuzzTarget target, Path folder) {
    this.target = target;
    this.folder = folder;
    for (FuzzSeed seed : target.seeds()) {
      for (FuzzSeed.Member member : seed.members()) {
        List<byte[]> kin = new ArrayList<>();
        kin.add(member.payload());
        for (FuzzSeed other : target.seeds()) {
          for (FuzzSeed.Member m : other.members()) {
            if (!m.equals(member) && end(m.name()).equals(end(member.name()))) {
              kin.add(m.payload());
            }
          }
        }
        damages.put(member, new Damage(kin, member.structure()));
        sound.put(member, member.file());
      }
    }
  }

  private static String end(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** A seed as it is. */
  Case sound(FuzzSeed seed) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    long bytes = 0;
    for (FuzzSeed.Member member : seed.members()) {
      files.put(member.name(), sound.get(member));
      bytes += Math.max(member.payload().length, sound.get(member).length);
    }
    write(files);
    return new Case(folder.resolve(seed.opened()), bytes);
  }

  /** A damaged one; one file of it, at times two, at times one is missing. */
  Case damaged(long number) throws IOException {
    SplittableRandom random = new SplittableRandom(number);
    FuzzSeed seed = target.seeds().get(random.nextInt(target.seeds().size()));
    int count = seed.members().size();
    Set<Integer> struck = new HashSet<>();
    struck.add(random.nextInt(count));
    if (random.nextInt(8) == 0) {
      struck.add(random.nextInt(count));
    }
    int missing = count > 1 && random.nextInt(200) == 0 ? random.nextInt(count) : -1;
    Map<String, byte[]> files = new LinkedHashMap<>();
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      FuzzSeed.Member member = seed.members().get(i);
      byte[] payload = member.payload();
      byte[] file = sound.get(member);
      if (struck.contains(i)) {
        payload = damages.get(member).of(0, random);
        file = packed(member, payload, random);
      }
      if (i != missing) {
        files.put(member.name(), file);
        bytes += Math.max(payload.length, file.length);
      }
    }
    write(files);
    return new Case(folder.resolve(seed.opened()), bytes);
  }

  private static byte[] packed(FuzzSeed.Member member, byte[] payload, SplittableRandom random) {
    if (member.packing() == Packing.NONE) {
      return payload;
    }
    int kind = random.nextInt(BOMB_EVERY);
    byte[] content = kind == 0 ? java.util.Arrays.copyOf(payload, BOMB) : payload;
    byte[] file = member.packing().pack(content);
    if (kind % 4 != 1) {
      return file;
    }
    // The wrapping is struck as well, or alone.
    byte[] whole = kind % 8 == 1 ? member.file() : file;
    return new Damage(List.of(whole), Structure.words("PK")).of(0, random);
  }

  /** A file with gigabytes of nothing in it, which takes no place on the disk. */
  Case huge(long number) throws IOException {
    SplittableRandom random = new SplittableRandom(~number);
    FuzzSeed seed = target.seeds().get((int) (number % target.seeds().size()));
    FuzzSeed.Member member = seed.members().get(random.nextInt(seed.members().size()));
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (FuzzSeed.Member m : seed.members()) {
      files.put(m.name(), sound.get(m));
    }
    byte[] file = sound.get(member);
    byte[] head = file;
    // What is packed stays sound: zeros in the midst of it may unpack to more gigabytes.
    int kind = member.packing() == Packing.NONE ? random.nextInt(3) : 0;
    if (kind == 1) {
      head = damages.get(member).of(0, random);
    } else if (kind == 2) {
      head = java.util.Arrays.copyOf(file, random.nextInt(file.length + 1));
    }
    files.put(member.name(), head);
    write(files);
    long size = HUGE[random.nextInt(HUGE.length)];
    try (RandomAccessFile out =
        new RandomAccessFile(folder.resolve(member.name()).toFile(), "rw")) {
      out.setLength(size);
      if (random.nextBoolean()) {
        int tail = Math.min(file.length, 1 + random.nextInt(4096));
        out.seek(size - tail);
        out.write(file, file.length - tail, tail);
      }
    }
    onDisk.remove(member.name());
    return new Case(folder.resolve(seed.opened()), size);
  }

  /** Nothing huge is left behind. */
  void clear() throws IOException {
    write(Map.of());
  }

  private void write(Map<String, byte[]> files) throws IOException {
    for (String name : known()) {
      if (!files.containsKey(name)) {
        Files.deleteIfExists(folder.resolve(name));
        onDisk.remove(name);
      }
    }
    for (Map.Entry<String, byte[]> entry : files.entrySet()) {
      if (onDisk.get(entry.getKey()) != entry.getValue()) {
        Path path = folder.resolve(entry.getKey());
        if (!onDisk.containsKey(entry.getKey())) {
          Files.createDirectories(path.getParent());
        }
        Files.write(path, entry.getValue());
        onDisk.put(entry.getKey(), entry.getValue());
      }
    }
  }

  private Set<String> known() {
    Set<String> names = new HashSet<>();
    target.seeds().forEach(s -> s.members().forEach(m -> names.add(m.name())));
    return names;
  }
}
