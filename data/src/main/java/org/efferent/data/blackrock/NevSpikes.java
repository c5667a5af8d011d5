package org.efferent.data.blackrock;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Goes through the packets, a block at a time. */
final class NevSpikes implements Iterator<NevSpike> {
  /** Reads packets. */
  interface Blocks {
    /** Packets from one on, in the given buffer if it is large enough. */
    ByteBuffer read(long from, ByteBuffer used);
  }

  private final NevHeader header;
  private final Blocks blocks;
  private final long count;
  private final int idAt;
  private long packet;
  private long blockFrom;
  private ByteBuffer block = ByteBuffer.allocate(0);
  private long left;

  /**
   * All spikes.
   *
   * @param blocks packets from one on
   * @param count spikes that there are
   */
  NevSpikes(NevHeader header, Blocks blocks, long count) {
    this.header = header;
    this.blocks = blocks;
    this.count = count;
    this.left = count;
    this.idAt = header.wide ? 8 : 4;
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public NevSpike next() {
    if (left == 0) {
      throw new NoSuchElementException("there are " + count + " spikes");
    }
    while (true) {
      int at = (int) ((packet - blockFrom) * header.packetBytes);
      if (at >= block.limit()) {
        blockFrom = packet;
        block = blocks.read(packet, block);
        at = 0;
      }
      long ticks = Fields.ticks(block, at, header.wide);
      int id = Fields.u16(block, at + idAt);
      packet++;
      if (NevScan.isSpike(id) && !NevScan.isContinued(header, ticks)) {
        left--;
        NevUnit unit = new NevUnit(id, block.get(at + idAt + 2) & 0xFF);
        return new NevSpike(ticks / header.resolutionHz, unit, packet - 1);
      }
    }
  }
}
