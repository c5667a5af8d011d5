/**
 * Retrieval while it happens: evidence for the candidates of a gallery grows from repetition to
 * repetition, until it is enough to decide, or to say that it is not.
 */
package org.efferent.retrieval.live;
