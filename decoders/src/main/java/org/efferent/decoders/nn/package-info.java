/**
 * The engine of the networks: devices, weights by name, layers as functions of arrays. Conventions
 * are PyTorch's.
 */
package org.efferent.decoders.nn;
