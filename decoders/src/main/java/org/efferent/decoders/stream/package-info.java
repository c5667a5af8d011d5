/** Encoders over continuous streams: cached activations, decoders of a session. */
package org.efferent.decoders.stream;
