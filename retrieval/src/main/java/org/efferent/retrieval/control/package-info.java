/** What would have come out had the brain said nothing: controls that must land at chance. */
package org.efferent.retrieval.control;
