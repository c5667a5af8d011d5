package org.efferent.data.fif;

/**
 * Where a piece of data lies.
 *
 * @param kind what it is
 * @param type how it is written
 * @param size bytes of data
 * @param at byte at which the data begin
 */
record FifTag(int kind, int type, int size, long at) {}
