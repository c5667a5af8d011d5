/**
 * WAV: {@link org.efferent.data.wav.WavFile#open} reads RIFF and RF64 by range ("Multimedia
 * Programming Interface and Data Specifications 1.0", IBM and Microsoft, 1991;
 * WAVEFORMATEXTENSIBLE; EBU Tech 3306). By hand, since javax.sound reads neither RF64 nor by range.
 */
package org.efferent.data.wav;
