/**
 * For features, linear decoders, contrastive encoders, losses, training and checkpoints. Nothing is
 * here yet.
 */
package org.efferent.decoders;
