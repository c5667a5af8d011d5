/**
 * Data divided by identity, and a look for leaks before anything is trained.
 *
 * <p>{@link org.efferent.retrieval.split.Splits} keeps rows of one identity together; {@link
 * org.efferent.retrieval.split.LeakCheck} gives each {@link org.efferent.retrieval.split.Leak} that
 * it finds between the parts.
 */
package org.efferent.retrieval.split;
