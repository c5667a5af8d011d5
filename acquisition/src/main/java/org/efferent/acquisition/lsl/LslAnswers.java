package org.efferent.acquisition.lsl;

import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.acquisition.lsl.LslStreamInfo.Endpoint;
import org.efferent.core.StreamException;

/** What has been answered to the questions of one search. One thread uses it. */
final class LslAnswers {
  /** Streams that a search brings at the most: somebody may invent them. */
  static final int MOST = 1_024;

  private final String id;
  private final Map<String, LslStreamInfo> found = new LinkedHashMap<>();
  private int malformed;
  private String firstMalformed = "";

  LslAnswers(String id) {
    this.id = id;
  }

  int streams() {
    return found.size();
  }

  /**
   * Takes a datagram. The stream is where it came from, whatever it says; of several about one
   * stream the first counts.
   */
  void take(String answer, InetSocketAddress from) {
    int end = answer.indexOf('\n');
    String to = end < 0 ? answer : answer.substring(0, end);
    if (!to.stripTrailing().equals(id)) {
      // An answer to somebody who had this port before us.
      return;
    }
    String address = from.getAddress().getHostAddress();
    try {
      LslStreamInfo stream = LslStreamInfo.parse(end < 0 ? "" : answer.substring(end + 1));
      Endpoint ports = stream.v4();
      Endpoint where = new Endpoint(address, ports.dataPort(), ports.servicePort());
      if (found.size() < MOST) {
        // What a stream says at length is for those who ask it.
        found.putIfAbsent(
            stream.origin().uid(), stream.at(stream.origin(), where).withDesc(XmlElement.NO_DESC));
      }
    } catch (StreamException e) {
      if (malformed++ == 0) {
        firstMalformed = address + ":" + from.getPort() + ": " + e.getMessage();
      }
    }
  }

  /** All of it, the youngest stream first. */
  LslSearch result(List<String> unknownPeers, List<String> unreachable) {
    Comparator<LslStreamInfo> age = Comparator.comparingDouble(s -> s.origin().createdAt());
    return new LslSearch(
        found.values().stream().sorted(age.reversed()).toList(),
        unknownPeers,
        unreachable,
        malformed,
        firstMalformed);
  }
}
