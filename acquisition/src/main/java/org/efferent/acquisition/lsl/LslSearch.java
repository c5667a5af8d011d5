package org.efferent.acquisition.lsl;

import java.util.ArrayList;
import java.util.List;

/**
 * What a search for streams brought, and what stood in its way.
 *
 * @param streams what was found, the youngest first
 * @param unknownPeers known peers without an IPv4 address, as configured
 * @param unreachable addresses that a question could not be sent to, because there is no route or
 *     it is too long
 * @param malformed replies to the questions of this search that describe no stream; a peer that is
 *     asked again counts again
 * @param firstMalformed where the first of those came from and what is wrong with it; empty if none
 */
public record LslSearch(
    List<LslStreamInfo> streams,
    List<String> unknownPeers,
    List<String> unreachable,
    int malformed,
    String firstMalformed) {
  /** Copies the lists. */
  public LslSearch {
    streams = List.copyOf(streams);
    unknownPeers = List.copyOf(unknownPeers);
    unreachable = List.copyOf(unreachable);
  }

  /**
   * What stood in the way, for messages.
   *
   * @return clauses with their counts, parted by {@code "; "}; empty if all went well
   */
  public String obstacles() {
    List<String> clauses = new ArrayList<>();
    if (!unknownPeers.isEmpty()) {
      clauses.add("known peers without an IPv4 address: " + counted(unknownPeers));
    }
    if (!unreachable.isEmpty()) {
      clauses.add("addresses that no question could be sent to: " + counted(unreachable));
    }
    if (malformed > 0) {
      clauses.add("replies that describe no stream: %d (%s)".formatted(malformed, firstMalformed));
    }
    return String.join("; ", clauses);
  }

  private static String counted(List<String> hosts) {
    return hosts.size() + " (" + String.join(", ", hosts) + ")";
  }
}
