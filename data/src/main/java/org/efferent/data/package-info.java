/**
 * File formats in and out: numeric CSV, XDF 1.0, safetensors (the form of a saved decoder). Formats
 * are read in one direction only so far; writers of recordings come with the recorder.
 */
package org.efferent.data;
