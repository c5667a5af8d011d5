/**
 * Where samples come from: the Lab Streaming Layer in pure Java (protocol 1.10, outlet, inlet,
 * discovery, time correction) and recordings played back.
 */
package org.efferent.acquisition;
