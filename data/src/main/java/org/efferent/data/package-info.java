/**
 * File formats in and out: tables of numbers as text ({@link org.efferent.data.NumericCsv}), saved
 * decoders and weights ({@link org.efferent.data.Safetensors}), and what all readers share: checks,
 * row ranges, hashes, files that appear whole or not at all. LSL recordings have a package of their
 * own ({@code org.efferent.data.xdf}), and so has what the {@code inspect} command says ({@code
 * org.efferent.data.inspect}).
 */
package org.efferent.data;
