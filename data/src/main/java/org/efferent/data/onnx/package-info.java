/**
 * The one ONNX Runtime of a process, kept silent, for all who run networks of others.
 *
 * <p>{@link org.efferent.data.onnx.Onnx} holds the environment and opens sessions; {@link
 * org.efferent.data.onnx.OnnxWriter} writes small graphs, byte by byte, so that an autoencoder
 * trained here runs anywhere.
 */
package org.efferent.data.onnx;
