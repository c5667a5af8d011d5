package org.efferent.cli.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One figure and its peers in turns: in each round everybody measures once, and the order turns
 * round, so that a noisy machine is noisy to all. Used by one thread.
 */
final class Turns {
  /** Measures once. */
  @FunctionalInterface
  interface Once {
    double measure() throws InterruptedException;
  }

  @SuppressWarnings("ArrayRecordComponent") // filled, never compared
  private record Beside(String name, Once once, double[] values) {}

  private final String area;
  private final String what;
  private final String unit;
  private final boolean higherBetter;
  private final double[] ours;
  private final List<Beside> peers = new ArrayList<>();
  private final List<Measured.Peer> absent = new ArrayList<>();

  Turns(String area, String what, String unit, boolean higherBetter, int rounds) {
    this.area = area;
    this.what = what;
    this.unit = unit;
    this.higherBetter = higherBetter;
    this.ours = new double[rounds];
  }

  Turns beside(String name, Once once) {
    peers.add(new Beside(name, once, new double[ours.length]));
    return this;
  }

  Turns absent(String name, String why) {
    absent.add(Measured.Peer.absent(name, why));
    return this;
  }

  /**
   * A peer in Python.
   *
   * @param python may be null
   * @param name with the modules it needs
   * @param module that has to be there
   * @param words of the question; its first number is the figure
   */
  Turns python(PythonPeer python, String name, String module, Object... words) {
    String why = python == null ? "no --python was named" : python.lacks(module);
    return why.isEmpty()
        ? beside(name + " " + python.version(module), () -> python.ask(words)[0])
        : absent(name, why);
  }

  /** Runs the rounds; a peer that fails on the way is absent, with its words. */
  Measured run(Once once) throws InterruptedException {
    once.measure(); // warms up
    List<Beside> left = new ArrayList<>(peers);
    for (int round = 0; round < ours.length; round++) {
      if (round % 2 == 0) {
        ours[round] = once.measure();
      }
      for (Beside peer : List.copyOf(left)) {
        try {
          peer.values[round] = peer.once.measure();
        } catch (PeerException e) {
          left.remove(peer);
          absent(peer.name, e.getMessage());
        }
      }
      if (round % 2 == 1) {
        ours[round] = once.measure();
      }
    }
    List<Measured.Peer> all = new ArrayList<>();
    left.forEach(p -> all.add(new Measured.Peer(p.name, Spread.of(p.values), "")));
    all.addAll(absent);
    return new Measured(area, what, unit, higherBetter, Spread.of(ours), ours.length, all);
  }

  /** Nanoseconds of some work, one a turn. */
  static double[] nanos(int times, Runnable work) {
    double[] nanos = new double[times];
    for (int i = 0; i < times; i++) {
      long begin = System.nanoTime();
      work.run();
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    return nanos;
  }
}
