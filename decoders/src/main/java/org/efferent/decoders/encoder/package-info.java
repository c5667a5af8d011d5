/** Encoders from brain signals to embeddings, each a plain class that reads like its table. */
package org.efferent.decoders.encoder;
