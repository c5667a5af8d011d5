/**
 * Retrieval: which of a gallery's stimuli was seen or heard. {@code evaluate} ranks and counts,
 * {@code statistics} says how sure that is, {@code protocol} says what was done, {@code control}
 * what would have come out of nothing, {@code split} divides data and looks for leaks.
 */
package org.efferent.retrieval;
