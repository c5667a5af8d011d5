/**
 * The way from an embedding to a picture, in process or through a remote inference server, and how
 * good the pictures are.
 */
package org.efferent.generation;
