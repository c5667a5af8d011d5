/** Training of encoders: optimiser, schedules, batches, checkpoints, files. */
package org.efferent.decoders.train;
