/**
 * A cursor session as a laboratory runs it: operator's commands, watchdog, clicks, and a record of
 * every bin from which the session can be repeated bit for bit. Knows no clock and no stream:
 * whoever drives it hands it bins.
 */
package org.efferent.filters.session;
