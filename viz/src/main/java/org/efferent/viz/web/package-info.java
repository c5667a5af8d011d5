/** The dashboard in a browser: a server on this host alone, and one page. */
package org.efferent.viz.web;
