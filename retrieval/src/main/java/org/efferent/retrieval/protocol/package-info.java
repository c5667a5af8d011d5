/**
 * What was done to get a figure, in words that every report prints, and the doing of it: images,
 * speech, time windows.
 *
 * <p>A {@link org.efferent.retrieval.protocol.Protocol} is printed with every figure: gallery,
 * averages, splits, seeds. {@link org.efferent.retrieval.protocol.ImageProtocol} and {@link
 * org.efferent.retrieval.protocol.SpeechProtocol} give an {@link
 * org.efferent.retrieval.protocol.Evaluation}; {@link org.efferent.retrieval.protocol.WindowCurve}
 * says from when on a stimulus can be told.
 */
package org.efferent.retrieval.protocol;
