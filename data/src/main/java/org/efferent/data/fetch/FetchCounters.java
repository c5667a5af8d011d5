package org.efferent.data.fetch;

/**
 * What went wrong on the way and was mended.
 *
 * @param retries attempts that failed and were made again
 * @param resumed downloads that went on where an earlier one had ended
 * @param restarted downloads that began anew, because the server could not go on, or because the
 *     file had changed or did not add up
 */
public record FetchCounters(int retries, int resumed, int restarted) {
  /** Nothing happened. */
  public static final FetchCounters NONE = new FetchCounters(0, 0, 0);

  FetchCounters plus(FetchCounters other) {
    return new FetchCounters(
        retries + other.retries, resumed + other.resumed, restarted + other.restarted);
  }
}
