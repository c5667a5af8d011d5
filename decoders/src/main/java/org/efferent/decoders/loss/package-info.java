/** Losses between embeddings of brain signals and of what was heard or seen. */
package org.efferent.decoders.loss;
