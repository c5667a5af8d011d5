package org.efferent.filters.session;

import java.util.Set;

/**
 * What a bin brings.
 *
 * @param stamp of its end on the stream's clock, seconds; NaN where the bin did not come
 * @param arrivalSeconds when its last sample arrived, on the session's clock; now where it did not
 *     come
 * @param features {@code [channels]}; null where the bin did not come in time
 * @param lost samples lost within or before it
 * @param commands of the operator since the bin before
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record BinInput(
    double stamp, double arrivalSeconds, double[] features, long lost, Set<Command> commands) {
  /** Copies the set. */
  public BinInput {
    commands = Set.copyOf(commands);
  }
}
