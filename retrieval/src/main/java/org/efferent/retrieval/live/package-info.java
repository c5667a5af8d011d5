/**
 * Retrieval while it happens: evidence for the candidates of a gallery grows from repetition to
 * repetition, until it is enough to decide, or to say that it is not.
 *
 * <p>{@link org.efferent.retrieval.live.Evidence} is what has come together so far, as {@link
 * org.efferent.retrieval.live.EvidenceOptions} weigh it; {@link
 * org.efferent.retrieval.live.EvidenceCalibration} finds their scale and exponent from trials whose
 * answers are known.
 */
package org.efferent.retrieval.live;
