package org.efferent.cohort.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.efferent.core.UnavailableException;
import org.efferent.core.UsageException;

/** The address of a cluster, looked at before Spark tries it for a minute. */
final class Master {
  private static final Pattern LOCAL =
      Pattern.compile("local(\\[(\\*|[1-9]\\d*)(,[1-9]\\d*)?\\])?");
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[[1-9]\\d*,[1-9]\\d*,[1-9]\\d*\\]");
  private static final Pattern STANDALONE = Pattern.compile("spark://(.+)");
  private static final Pattern ADDRESS = Pattern.compile("\\[?([^\\[\\]]+?)\\]?:(\\d{1,5})");
  private static final int MILLISECONDS = 5000;

  private Master() {}

  /**
   * Checks an address.
   *
   * @param master as it was given
   * @throws UsageException if it is none
   * @throws UnavailableException if nobody answers there, or this class path cannot reach its kind
   */
  static void check(String master) {
    Matcher standalone = STANDALONE.matcher(master);
    if (isOnThisMachine(master)) {
      return;
    }
    if (standalone.matches()) {
      answers(master, standalone.group(1));
    } else if (master.equals("yarn") || master.startsWith("k8s://")) {
      if (!master.equals(System.getProperty("spark.master"))) {
        throw new UnavailableException(
            "%s is reached by spark-submit with the job jar, not from here; docs/how-to/cohort.md has the line"
                .formatted(master));
      }
    } else {
      throw new UsageException(
          "--master must be local[N], local-cluster[WORKERS,CORES,MEGABYTES] or spark://HOST:PORT; master="
              + master);
    }
  }

  /** Whether driver and workers are of this machine and of this class path. */
  static boolean isOnThisMachine(String master) {
    return LOCAL.matcher(master).matches() || LOCAL_CLUSTER.matcher(master).matches();
  }

  /** Whether all of it speaks over loopback alone. */
  static boolean isLoopback(String master) {
    return isOnThisMachine(master)
        || master.startsWith("spark://127.")
        || master.startsWith("spark://localhost:");
  }

  private static void answers(String master, String addresses) {
    List<String> refused = new ArrayList<>();
    for (String address : addresses.split(",", -1)) {
      Matcher parts = ADDRESS.matcher(address);
      int port = parts.matches() ? Integer.parseInt(parts.group(2)) : 0;
      if (port < 1 || port > 65_535) {
        throw new UsageException(
            "--master must be spark://HOST:PORT, the port from 1 to 65535; master=" + master);
      }
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(parts.group(1), port), MILLISECONDS);
        return;
      } catch (IOException e) {
        refused.add(address + " (" + e.getMessage() + ")");
      }
    }
    throw new UnavailableException(
        "no Spark master answers at %s; start one, check host, port and firewall, or use --master local[N] on this machine"
            .formatted(String.join(", ", refused)));
  }
}
