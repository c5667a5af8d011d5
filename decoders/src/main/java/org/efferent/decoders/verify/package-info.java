/**
 * Reference values of published implementations, run through the code here.
 *
 * <p>{@link org.efferent.decoders.verify.Verification} reads a folder of cases (inputs, weights,
 * outputs, gradients as safetensors), computes each anew and gives a {@link
 * org.efferent.decoders.verify.VerificationReport} with the largest difference and the tolerance.
 * {@code encoder verify} is its command.
 */
package org.efferent.decoders.verify;
