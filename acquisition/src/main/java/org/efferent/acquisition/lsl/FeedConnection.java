package org.efferent.acquisition.lsl;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamException;

/** A connection to the data port of an outlet, from handshake to the last sample. */
final class FeedConnection implements AutoCloseable {
  /** A thousand channels described at length take half a megabyte. */
  private static final int LONGEST_INFO = 1 << 24;

  /**
   * What older liblsl wants to hear as the size of a string before it speaks 1.10: {@code
   * sizeof(std::string)} of its compiler (libstdc++ and MSVC, its old ABI, libc++, 32 bit). Until
   * it hears it, it counts a connection that is about to close among its consumers.
   */
  private static final int[] STRING_SIZES = {32, 8, 24, 4, 28, 12};

  private final Socket socket;
  private final WireInput in;
  private final Frames frames;
  private final double period;
  private final int patience;
  private final String where;
  private double last = Double.NaN;
  private volatile long lastArrival = System.nanoTime();

  private FeedConnection(
      Socket socket, WireInput in, LslStreamInfo info, boolean bigEndian, String where) {
    this.socket = socket;
    this.in = in;
    this.where = where;
    this.frames = new Frames(info.format(), info.channelCount(), bigEndian);
    this.period = info.periodSeconds();
    this.patience = Math.max(1, (int) Math.min(1 << 16, Math.ceil(info.nominalRateHz())));
  }

  /** What a peer does in a conversation that is limited in time. */
  @FunctionalInterface
  private interface Talk<T> {
    T with(Socket socket, WireInput in, String where) throws IOException;
  }

  static String where(LslStreamInfo info) {
    return "stream '%s' at %s:%d".formatted(info.name(), info.v4().address(), info.v4().dataPort());
  }

  /** The whole description of a stream. */
  static LslStreamInfo fullInfo(LslStreamInfo info, LslConfig config) {
    String xml =
        talk(
            info,
            config,
            (socket, in, where) -> {
              try (socket) {
                say(socket, "LSL:fullinfo\r\n");
                return in.rest(LONGEST_INFO);
              }
            });
    LslStreamInfo full = LslStreamInfo.parse(xml);
    if (!full.origin().uid().equals(info.origin().uid())) {
      throw new StreamException(
          where(info) + ": another stream answers, '" + full.name() + "'; resolve it again");
    }
    return full.at(full.origin(), info.v4());
  }

  /** Connects and verifies that both sides mean the same by the bytes. */
  static FeedConnection open(LslStreamInfo info, LslConfig config, int maxBuffer, int maxChunk) {
    if (Math.round(info.origin().version() * 100) < 110) {
      throw new StreamException(
          where(info)
              + ": samples must come by protocol 110; the outlet speaks %.2f and nothing younger"
                  .formatted(info.origin().version()));
    }
    int[] sizes = info.format().isNumeric() ? new int[] {info.format().bytes()} : STRING_SIZES;
    for (int size : sizes) {
      String request = FeedRequest.write(info, size, maxBuffer, maxChunk);
      Optional<FeedConnection> connection = open(info, config, request);
      if (connection.isPresent()) {
        return connection.get();
      }
    }
    throw new StreamException(
        where(info) + ": strings must come by protocol 110; the outlet chose '100'");
  }

  private static Optional<FeedConnection> open(
      LslStreamInfo info, LslConfig config, String request) {
    return talk(
        info,
        config,
        (socket, in, where) -> {
          say(socket, request);
          FeedResponse response = FeedResponse.read(in, info, where);
          if (response.other()) {
            socket.close();
            return Optional.empty();
          }
          FeedConnection connection =
              new FeedConnection(socket, in, info, response.bigEndian(), where);
          for (int offset : TestPatterns.OFFSETS) {
            connection.verify(info, offset);
          }
          in.noDeadline();
          return Optional.of(connection);
        });
  }

  private static <T> T talk(LslStreamInfo info, LslConfig config, Talk<T> talk) {
    String where = where(info);
    if (!info.v4().isComplete() && info.v6().isComplete()) {
      throw new StreamException(
          "stream '%s' at [%s]:%d: it is reached by IPv6 alone, which LSL in Java does not speak; use"
                  .formatted(info.name(), info.v6().address(), info.v6().dataPort())
              + " liblsl (--lsl native)");
    }
    if (!info.v4().isComplete()) {
      throw new StreamException(where + ": address and ports are not known; resolve it first");
    }
    long patience = config.tuning().handshake().toNanos();
    Socket socket = new Socket();
    boolean done = false;
    try {
      long deadline = System.nanoTime() + patience;
      socket.bind(new InetSocketAddress(Nets.listenAddress(config), 0));
      socket.setTcpNoDelay(true);
      InetAddress address = InetAddress.getByName(info.v4().address());
      int millis = (int) Math.max(1, patience / 1_000_000);
      socket.connect(new InetSocketAddress(address, info.v4().dataPort()), millis);
      WireInput in = new WireInput(socket);
      in.deadline(deadline);
      T result = talk.with(socket, in, where);
      done = true;
      return result;
    } catch (SocketTimeoutException e) {
      String seconds = Double.toString(patience / 1e9);
      throw new StreamException(where + ": no answer within " + seconds + " s", e);
    } catch (IOException e) {
      throw new StreamException(where + ": cannot connect: " + e.getMessage(), e);
    } finally {
      if (!done) {
        closeQuietly(socket);
      }
    }
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private void verify(LslStreamInfo info, int offset) throws IOException {
    int channels = info.channelCount();
    byte[] payload = TestPatterns.payload(info.format(), channels, offset);
    // Strings may say their length in 8 bytes where we say it in 1.
    long most = 9 + payload.length + (info.format().isNumeric() ? 0 : 7L * channels);
    int length = testLength();
    while (length < 0 && in.to() - in.from() <= most) {
      if (!in.fill()) {
        throw new EOFException("the peer closed the connection before the second test sample");
      }
      length = testLength();
    }
    if (length < 0 || length > most || !isPattern(info, payload, length)) {
      throw new StreamException(
          "%s: test sample %d must be LSL's pattern for %d × %s; the outlet sends another"
              .formatted(
                  where,
                  offset == TestPatterns.OFFSETS[0] ? 1 : 2,
                  channels,
                  info.format().token()));
    }
    in.skip(length);
  }

  private boolean isPattern(LslStreamInfo info, byte[] payload, int length) {
    byte[] bytes = in.buffer();
    int from = in.from();
    frames.toLittleEndian(bytes, from);
    if (bytes[from] != Frames.STAMPED || Numbers.getDouble(bytes, from + 1) != TestPatterns.STAMP) {
      return false;
    }
    if (info.format().isNumeric()) {
      return Arrays.equals(bytes, from + 9, from + length, payload, 0, payload.length);
    }
    String[] wanted = new String[info.channelCount()];
    String[] found = new String[wanted.length];
    Strings.decode(payload, wanted.length, wanted);
    Strings.decode(Arrays.copyOfRange(bytes, from + 9, from + length), found.length, found);
    return Arrays.equals(found, wanted);
  }

  private int testLength() {
    try {
      return frames.length(in.buffer(), in.from(), in.to());
    } catch (StreamException e) {
      throw new StreamException(where + ": in a test sample: " + e.getMessage(), e);
    }
  }

  /**
   * Moves samples into a queue until the connection ends.
   *
   * @param era what the samples say of their clock
   * @return whether it ended between two samples
   */
  boolean receive(SampleQueue queue, Era era) throws IOException {
    // Samples may have come in one packet with the handshake, so what is there goes first.
    do {
      drain(queue, era, System.nanoTime());
    } while (in.fill());
    return in.from() == in.to();
  }

  private void drain(SampleQueue queue, Era era, long arrival) {
    boolean any = false;
    int length = frames.length(in.buffer(), in.from(), in.to());
    while (length >= 0) {
      accept(queue, era, length, arrival);
      in.skip(length);
      any = true;
      length = frames.length(in.buffer(), in.from(), in.to());
    }
    if (any) {
      lastArrival = arrival;
      queue.signal();
    }
  }

  /**
   * Queues one sample. Who joins in the middle of a chunk gets samples without stamps first: they
   * are held until a stamp comes and then counted back from it; if none comes for a second's worth,
   * the newest counts as made when it arrived.
   */
  private void accept(SampleQueue queue, Era era, int length, long arrival) {
    byte[] bytes = in.buffer();
    int from = in.from();
    frames.toLittleEndian(bytes, from);
    int header = Frames.header(bytes[from]);
    boolean stamped = bytes[from] == Frames.STAMPED;
    boolean hide = false;
    if (stamped) {
      double stamp = Numbers.getDouble(bytes, from + 1);
      if (Double.isNaN(last)) {
        queue.stampHidden(stamp, period);
      }
      last = stamp;
    } else if (Double.isNaN(last)) {
      hide = true;
    } else {
      last += period;
    }
    queue.offer(last, !stamped, arrival, era, bytes, from + header, length - header, hide);
    if (hide && queue.hidden() >= patience) {
      last = LocalClock.seconds(arrival);
      queue.stampHidden(last + period, period);
    }
  }

  /** No stamp will come for the samples that wait for one: the newest was made when it arrived. */
  void stampWhatWaits(SampleQueue queue) {
    queue.stampHidden(LocalClock.seconds(lastArrival) + period, period);
    queue.signal();
  }

  /** When the last sample came, or the connection was made, by {@link System#nanoTime()}. */
  long lastArrivalNanos() {
    return lastArrival;
  }

  @Override
  public void close() {
    closeQuietly(socket);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
      return;
    }
  }
}
