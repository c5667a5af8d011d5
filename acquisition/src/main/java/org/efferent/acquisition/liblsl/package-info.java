/**
 * The Lab Streaming Layer through liblsl, bound by JNA: {@link
 * org.efferent.acquisition.liblsl.LibLsl} is the library, {@link
 * org.efferent.acquisition.liblsl.NativeLsl} offers what {@link
 * org.efferent.acquisition.lsl.JavaLsl} offers. Functions after liblsl's C headers
 * (github.com/sccn/liblsl, {@code include/lsl}); what 1.12 (2016) lacks is optional.
 */
package org.efferent.acquisition.liblsl;
