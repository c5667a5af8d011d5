/**
 * From an embedding to a picture: generators that a YAML file describes, run by ONNX Runtime or by
 * the engine of the encoders; pictures that say where they came from.
 */
package org.efferent.generation;
