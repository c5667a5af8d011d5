/**
 * What an encoder listens to: sensors, regions, frequencies, times. Windows are edited and encoded
 * again, without training anew.
 */
package org.efferent.decoders.interpret;
