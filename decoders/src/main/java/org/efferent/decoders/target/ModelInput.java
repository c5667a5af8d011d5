package org.efferent.decoders.target;

/** What a pretrained encoder takes, and how it is made from a file. */
public sealed interface ModelInput permits ImageInput, AudioInput {}
