package org.efferent.data.pickle;

import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.efferent.data.fuzz.FuzzSeed;
import org.efferent.data.fuzz.FuzzTarget;
import org.efferent.data.fuzz.Structure;
import org.efferent.data.fuzz.Written;
import org.efferent.data.npy.NpyArray;

/** Pickles of every protocol. */
public final class PickleFuzz {
  private PickleFuzz() {}

  /** The hunts. */
  public static List<FuzzTarget> targets() {
    List<FuzzSeed> seeds =
        Stream.of("0", "1", "2", "3", "4", "5", "2_numpy2")
            .map(n -> Written.resource(NpyArray.class, "tree" + n + ".pkl"))
            .map(b -> FuzzSeed.of("case.pkl", b, Structure.words("c", "q", "\u0094", "(", "R")))
            .toList();
    return List.of(new FuzzTarget("pickle", FuzzTarget.Limits.DEFAULTS, PickleFuzz::read, seeds));
  }

  private static void read(Path path) {
    try (Pickle pickle = Pickle.open(path)) {
      read(pickle.value(), Collections.newSetFromMap(new IdentityHashMap<>()));
    }
  }

  /** What is there twice is read once. */
  private static void read(Object value, Set<Object> seen) {
    if (!seen.add(value)) {
      return;
    }
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(v -> read(v, seen));
    } else if (value instanceof List<?> list) {
      list.forEach(v -> read(v, seen));
    } else if (value instanceof ObjectArray array) {
      array.items().forEach(v -> read(v, seen));
    } else if (value instanceof PickleBytes bytes) {
      bytes.toArray();
    } else if (value instanceof NpyArray array && array.type().isNumber()) {
      array.doubles();
    }
  }
}
