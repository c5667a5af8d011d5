package org.efferent.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of the table: what was measured here, and beside whom.
 *
 * @param area ring, lsl, …
 * @param what in words
 * @param unit of the figure
 * @param higherBetter true for rates, false for times
 * @param ours over the rounds
 * @param rounds how many
 * @param peers who stands beside, those that are not there included
 */
public record Measured(
    String area,
    String what,
    String unit,
    boolean higherBetter,
    Spread ours,
    int rounds,
    List<Peer> peers) {

  /**
   * Somebody else's figure of the same unit.
   *
   * @param name with its version where it says one
   * @param figure over the rounds; null where there is none
   * @param absent why there is none; empty where there is one
   */
  public record Peer(String name, Spread figure, String absent) {
    /** A peer that is not there. */
    static Peer absent(String name, String why) {
      return new Peer(name, null, why);
    }
  }

  /** Copies the list. */
  public Measured {
    peers = List.copyOf(peers);
  }

  /** How many times as fast as a peer this is: above 1 this is faster; NaN without the peer. */
  public double ratio(Peer peer) {
    if (peer.figure() == null) {
      return Double.NaN;
    }
    double quotient = peer.figure().median() / ours.median();
    return higherBetter ? 1 / quotient : quotient;
  }

  /** As JSON has it. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("what", what);
    json.put("unit", unit);
    json.put("better", higherBetter ? "higher" : "lower");
    put(json, ours);
    json.put("rounds", rounds);
    List<Map<String, Object>> beside = new ArrayList<>();
    for (Peer peer : peers) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", peer.name());
      if (peer.figure() == null) {
        one.put("absent", peer.absent());
      } else {
        put(one, peer.figure());
        one.put("ratio", ratio(peer));
      }
      beside.add(one);
    }
    json.put("peers", beside);
    return json;
  }

  private static void put(Map<String, Object> json, Spread spread) {
    json.put("median", spread.median());
    json.put("low", spread.low());
    json.put("high", spread.high());
  }
}
