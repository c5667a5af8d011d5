/** Reference values of published implementations, run through the code here. */
package org.efferent.decoders.verify;
