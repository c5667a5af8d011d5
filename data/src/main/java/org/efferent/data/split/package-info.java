/** How published work divides data, so that what is divided here can be compared with it. */
package org.efferent.data.split;
