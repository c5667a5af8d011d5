/**
 * Linear decoders: ridge regression from windows to embeddings, temporal response functions, and
 * match against mismatch. They are the baselines that every encoder is held against.
 */
package org.efferent.decoders.linear;
