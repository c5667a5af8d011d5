/**
 * Folders that keep to the <a href="https://bids-specification.readthedocs.io">Brain Imaging Data
 * Structure</a>: {@link org.efferent.data.bids.BidsDataset} lists recordings, {@link
 * org.efferent.data.bids.BidsRecording} opens one with what its sidecars say.
 */
package org.efferent.data.bids;
