/**
 * For the way from an embedding to a picture, in process or through a remote inference server.
 * Nothing is here yet.
 */
package org.efferent.generation;
