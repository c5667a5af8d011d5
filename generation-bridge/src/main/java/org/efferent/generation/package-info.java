/**
 * From an embedding to a picture: generators that a YAML file describes, run by ONNX Runtime or by
 * the engine of the encoders; pictures that say where they came from.
 *
 * <p>{@link org.efferent.generation.Generators} opens what a {@link
 * org.efferent.generation.GeneratorConfig} says; a {@link org.efferent.generation.Generator} turns
 * an embedding into a {@link org.efferent.generation.Picture}, whose text chunks name model, seed
 * and input. {@link org.efferent.generation.LatestWins} keeps a live loop from waiting for
 * pictures. {@link org.efferent.generation.NearestPicture} says what mere retrieval would have
 * shown.
 */
package org.efferent.generation;
