/**
 * What decoders learn to predict: mel spectrograms and envelopes of speech, computed here;
 * embeddings of images and audio by pretrained encoders in ONNX files; and embeddings that others
 * computed, read from files.
 */
package org.efferent.decoders.target;
