/**
 * What the image prior (which trains among the decoders) and latent diffusion (which runs behind
 * the bridge) both need: how noise grows over the steps of a diffusion.
 *
 * <p>{@link org.efferent.core.diffusion.NoiseSchedule} is the whole of it: betas, their products,
 * the steps that a sampler takes.
 */
package org.efferent.core.diffusion;
