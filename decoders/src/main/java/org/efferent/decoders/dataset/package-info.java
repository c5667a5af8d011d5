/**
 * Windows with their targets: a folder of plain files that training reads, larger than memory if
 * need be.
 *
 * <p>The folder holds {@code dataset.json} (channels, kinds, rate, layouts, targets), {@code
 * windows.npy} {@code [examples × channels × time]}, {@code target-NAME.npy} {@code [rows × …]} and
 * {@code examples.csv} (whose example, which layout, which stimulus, which target row, which
 * split). {@link org.efferent.decoders.dataset.WindowDataset} reads it, {@link
 * org.efferent.decoders.dataset.WindowDatasetWriter} writes it.
 */
package org.efferent.decoders.dataset;
