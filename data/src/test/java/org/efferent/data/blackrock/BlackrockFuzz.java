package org.efferent.data.blackrock;

import java.util.List;
import org.efferent.data.fuzz.FuzzSeed;
import org.efferent.data.fuzz.FuzzTarget;
import org.efferent.data.fuzz.Structure;

/** Blackrock's signals of all versions, of few and of many packets, and its spikes and events. */
public final class BlackrockFuzz {
  private static final Structure FIELDS = Structure.every(0, 2);

  private BlackrockFuzz() {}

  /** The hunts. */
  public static List<FuzzTarget> targets() {
    BlackrockWriter single = NsxFileTest.three(1_000_000_000);
    for (int i = 0; i < 20; i++) {
      single.packet(i * 500_000L, 1, i, -i);
    }
    return List.of(
        new FuzzTarget(
            "nsx",
            NsxFileTest::all,
            signals(NsxFileTest.two().packet(0, 2, 4, 1, 8, 2).packet(90_000, 1, 12, 3).bytes()),
            signals(single.bytes()),
            signals(BlackrockWriter.oldSignals(15, 1, 9).samples(10, 20, 11, 21).bytes())),
        new FuzzTarget(
            "nev",
            NevFileTest::all,
            events(NevFileTest.events("NEURALEV", 2, 2, 30_000).bytes()),
            events(NevFileTest.events("BREVENTS", 3, 0, 1_000_000_000).bytes())));
  }

  private static FuzzSeed signals(byte[] bytes) {
    return FuzzSeed.of("case.ns2", bytes, FIELDS);
  }

  private static FuzzSeed events(byte[] bytes) {
    return FuzzSeed.of("case.nev", bytes, FIELDS);
  }
}
