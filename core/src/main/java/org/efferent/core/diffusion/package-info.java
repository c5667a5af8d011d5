/**
 * What the image prior (which trains among the decoders) and latent diffusion (which runs behind
 * the bridge) both need: how noise grows over the steps of a diffusion.
 */
package org.efferent.core.diffusion;
