/**
 * All formats behind one door: {@link org.efferent.data.files.RecordingFiles} recognises a file by
 * its content and opens it, {@link org.efferent.data.files.Conversion} writes it in another format.
 *
 * <p>Whoever takes a path from a user goes through here; the packages of the formats are for those
 * who want what only one format has.
 */
package org.efferent.data.files;
