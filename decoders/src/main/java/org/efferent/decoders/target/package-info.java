/**
 * What decoders learn to predict: mel spectrograms and envelopes of speech, computed here, and
 * embeddings that others computed, read from files.
 */
package org.efferent.decoders.target;
