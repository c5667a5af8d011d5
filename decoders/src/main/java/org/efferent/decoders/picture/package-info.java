/**
 * A small autoencoder of pictures: what Efferent draws with where no large generator is at hand. It
 * is trained on simulated pictures or on pictures of a folder, and is written as ONNX, as any other
 * generator comes.
 */
package org.efferent.decoders.picture;
