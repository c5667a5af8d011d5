/**
 * What decoders learn to predict: mel spectrograms and envelopes of speech, computed here;
 * embeddings of images and audio by pretrained encoders in ONNX files; and embeddings that others
 * computed, read from files.
 *
 * <p>{@link org.efferent.decoders.target.MelSpectrogram} and {@link
 * org.efferent.decoders.target.AudioEnvelope} are computed in Java, {@link
 * org.efferent.decoders.target.ImageEncoder} and {@link org.efferent.decoders.target.AudioEncoder}
 * run an {@link org.efferent.decoders.target.OnnxModel} that a {@link
 * org.efferent.decoders.target.ModelDescription} describes, {@link
 * org.efferent.decoders.target.EmbeddingTable} reads a file. No model comes with Efferent.
 */
package org.efferent.decoders.target;
