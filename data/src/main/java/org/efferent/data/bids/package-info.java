/**
 * Folders that keep to the <a href="https://bids-specification.readthedocs.io">Brain Imaging Data
 * Structure</a>: {@link org.efferent.data.bids.BidsDataset} lists recordings, {@link
 * org.efferent.data.bids.BidsRecording} opens one with what its sidecars say.
 *
 * <p>Sidecars are inherited down the folders as the specification says, and tables are {@link
 * org.efferent.data.bids.TsvTable}. What a data set leaves out is absent here, not guessed.
 */
package org.efferent.data.bids;
