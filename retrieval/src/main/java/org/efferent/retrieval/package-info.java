/** For embedding indexes, ranking, retrieval protocols and their reports. Nothing is here yet. */
package org.efferent.retrieval;
