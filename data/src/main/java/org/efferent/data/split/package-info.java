/**
 * How published work divides data, so that what is divided here can be compared with it.
 *
 * <p>{@link org.efferent.data.split.SentenceSplit} follows Défossez et al. (2023): the part of a
 * sentence follows from its text alone, by the random numbers of Python, so that it is the same for
 * every listener.
 */
package org.efferent.data.split;
