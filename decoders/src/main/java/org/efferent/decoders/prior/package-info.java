/**
 * The image prior: a diffusion over embeddings of images, given what a brain encoder says (Ramesh
 * et al. 2022, section 2.2; for EEG Li et al. 2024, "ATM", section 2.3). An encoder's outputs are
 * not distributed as embeddings of images are, and a generator of images takes only those; the
 * prior draws embeddings that are.
 *
 * <p>Reading order: {@link org.efferent.decoders.prior.DiffusionPrior} (the network), {@link
 * org.efferent.decoders.prior.PriorTrainer} (how it learns), {@link
 * org.efferent.decoders.prior.PriorSampler} (how embeddings are drawn), {@link
 * org.efferent.decoders.prior.ImagePrior} (all of it for a caller).
 */
package org.efferent.decoders.prior;
