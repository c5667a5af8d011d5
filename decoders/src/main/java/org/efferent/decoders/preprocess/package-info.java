/**
 * Preparation of brain signals as the published decoders do it, step by step, each selectable.
 * Speech (Défossez et al. 2023): resampling to 120 Hz, epochs, baseline, robust scaling, clamp,
 * shift, split by sentence. Images (Gifford et al. 2022; Song et al. 2024): epochs, baseline,
 * resampling, noise whitening, averages of repetitions.
 */
package org.efferent.decoders.preprocess;
