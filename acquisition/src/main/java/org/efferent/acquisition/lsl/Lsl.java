package org.efferent.acquisition.lsl;

import java.time.Duration;
import java.util.List;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamException;

/**
 * One way to speak LSL: {@link JavaLsl}, or liblsl below {@code
 * org.efferent.acquisition.liblsl.NativeLsl}. Both find, hear and are heard by each other and every
 * liblsl. Any thread may use it.
 */
public interface Lsl {
  /** Which way: {@code java} or {@code native}. */
  String name();

  /** Where it looks, for messages: {@code in session 'default', on a host that … reaches}. */
  String reach();

  /** The clock that stamps of outlets on this host count on. */
  LocalClock clock();

  /**
   * Looks for streams of the session, and says what stood in the way.
   *
   * @param predicate XPath 1.0 on the {@code info} element, such as {@code type='EEG' and
   *     channel_count>8}; empty for all; see {@link LslResolver#property}
   * @param minimum how many are enough; the search goes on until the time is over otherwise
   * @param timeout how long to search at the most
   * @return what was found, the youngest first, and what was not reached or not understood
   * @throws StreamException if the network cannot be used
   * @throws InterruptedException if the thread is asked to stop
   */
  LslSearch search(String predicate, int minimum, Duration timeout) throws InterruptedException;

  /**
   * Looks for streams of the session.
   *
   * @param predicate XPath 1.0 on the {@code info} element; empty for all
   * @param minimum how many are enough
   * @param timeout how long to search at the most
   * @return what was found, the youngest first
   * @throws StreamException if the network cannot be used
   * @throws InterruptedException if the thread is asked to stop
   */
  default List<LslStreamInfo> resolve(String predicate, int minimum, Duration timeout)
      throws InterruptedException {
    return search(predicate, minimum, timeout).streams();
  }

  /**
   * Asks a stream for its whole description, with {@code desc}.
   *
   * @param info the stream as a search found it
   * @return the description, with the endpoint of {@code info}
   * @throws StreamException if it cannot be reached or says nothing
   */
  LslStreamInfo fullInfo(LslStreamInfo info);

  /**
   * Connects to a stream.
   *
   * @param info the stream as a search found it
   * @param options how to receive
   * @return an inlet that is connected
   * @throws StreamException if it cannot be reached, says nothing, or is another
   */
  StreamInlet openInlet(LslStreamInfo info, InletOptions options);

  /**
   * Publishes a stream.
   *
   * @param stream what to publish; origin and endpoints are filled in
   * @return an outlet that can be found
   * @throws StreamException if the ports cannot be had
   */
  StreamOutlet openOutlet(LslStreamInfo stream);
}
