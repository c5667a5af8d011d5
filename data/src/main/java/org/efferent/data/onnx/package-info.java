/** The one ONNX Runtime of a process, kept silent, for all who run networks of others. */
package org.efferent.data.onnx;
