/**
 * Which of two stimuli evoked a response: single trials told apart, and how well.
 *
 * <p>Trials ({@link org.efferent.decoders.evoked.EvokedTrials}) become features ({@link
 * org.efferent.decoders.evoked.EpochFeatures}: means of short windows, or covariances behind xDAWN
 * filters in a tangent space) and features a score ({@link
 * org.efferent.decoders.evoked.LinearTraining}); or a network does both ({@link
 * org.efferent.decoders.evoked.EvokedNetwork}). {@link org.efferent.decoders.evoked.LeaveOneRunOut}
 * scores each run by what was learned from the others.
 *
 * <p>Nothing here filters: whoever cuts the epochs has filtered the recording before, causally.
 */
package org.efferent.decoders.evoked;
