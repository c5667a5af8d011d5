package org.efferent.acquisition.lsl;

import java.io.IOException;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The connections of an outlet. A newcomer has so much time to ask and to take what it asked for;
 * where there are too many newcomers the oldest goes, so that those who stall keep nobody out.
 * Whoever gets a feed has settled and may stay. Locks itself.
 */
final class OutletConnections {
  /** Newcomers at a time. */
  static final int MOST_PENDING = 64;

  /** Feeds at a time. */
  static final int MOST_SETTLED = 128;

  /** A thread, when it must have settled, and whether it has. */
  private record Seat(Thread thread, long deadline, boolean settled) {}

  private final Map<Socket, Seat> seats = new LinkedHashMap<>();
  private int settled;
  private long turnedAway;
  private boolean refuses;

  /**
   * Takes a newcomer in.
   *
   * @param deadline when it must have settled, by {@link System#nanoTime()}
   * @return whether it may be served; if not, it is closed
   */
  synchronized boolean add(Socket socket, Thread thread, long deadline) {
    if (refuses) {
      end(socket); // it came in the moment in which the port was closed
      return false;
    }
    if (seats.size() - settled >= MOST_PENDING) {
      for (Map.Entry<Socket, Seat> seat : seats.entrySet()) {
        if (!seat.getValue().settled()) {
          turnAway(seat.getKey());
          break;
        }
      }
    }
    seats.put(socket, new Seat(thread, deadline, false));
    return true;
  }

  private void turnAway(Socket socket) {
    seats.remove(socket);
    end(socket);
    turnedAway++;
  }

  /** Somebody asked for nothing that there is. */
  synchronized void turnedAway() {
    turnedAway++;
  }

  synchronized long turnedAwayNow() {
    return turnedAway;
  }

  synchronized int settledNow() {
    return settled;
  }

  /** A newcomer has its feed. */
  synchronized void settled(Socket socket) throws IOException {
    Seat seat = seats.get(socket);
    if (seat == null) {
      throw new IOException("ended before it had settled");
    }
    seats.put(socket, new Seat(seat.thread(), 0, true));
    settled++;
  }

  /** A connection broke; if it had not settled, it was turned away. */
  synchronized void failed(Socket socket) {
    Seat seat = seats.get(socket);
    if (seat != null && !seat.settled()) {
      turnAway(socket);
    }
  }

  /** A connection has ended. */
  synchronized void remove(Socket socket) {
    Seat seat = seats.remove(socket);
    if (seat != null && seat.settled()) {
      settled--;
    }
  }

  /**
   * Ends newcomers whose time is over.
   *
   * @param now by {@link System#nanoTime()}
   * @return milliseconds until the next one's is, 0 if nobody is waited for
   */
  synchronized int endOverdue(long now) {
    long next = Long.MAX_VALUE;
    for (Map.Entry<Socket, Seat> entry : Map.copyOf(seats).entrySet()) {
      Seat seat = entry.getValue();
      if (seat.settled()) {
        continue;
      }
      long left = seat.deadline() - now;
      if (left <= 0) {
        turnAway(entry.getKey());
      } else {
        next = Math.min(next, left);
      }
    }
    return next == Long.MAX_VALUE ? 0 : (int) Math.min(Integer.MAX_VALUE, 1 + next / 1_000_000);
  }

  /** From now on nobody is taken in. */
  synchronized void refuseAll() {
    refuses = true;
  }

  /** Waits for the threads of all. */
  void join(long deadline) throws InterruptedException {
    for (Seat seat : snapshot()) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left > 0) {
        seat.thread().join(left);
      }
    }
  }

  private synchronized Seat[] snapshot() {
    return seats.values().toArray(Seat[]::new);
  }

  /** Ends all. */
  synchronized void endAll() {
    seats.keySet().forEach(OutletConnections::end);
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
      return;
    }
  }
}
