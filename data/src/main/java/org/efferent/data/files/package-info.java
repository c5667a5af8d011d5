/**
 * All formats behind one door: {@link org.efferent.data.files.RecordingFiles} recognises a file by
 * its content and opens it, {@link org.efferent.data.files.Conversion} writes it in another format.
 */
package org.efferent.data.files;
