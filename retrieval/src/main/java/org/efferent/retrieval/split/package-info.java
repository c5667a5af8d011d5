/** Data divided by identity, and a look for leaks before anything is trained. */
package org.efferent.retrieval.split;
