/**
 * Health of live streams: {@link org.efferent.acquisition.health.MonitoredSource} looks at the rows
 * that a source hands out, {@link org.efferent.acquisition.health.StreamMonitor} at a stream that
 * nobody else reads, {@link org.efferent.acquisition.health.StaleWatch} only at whether something
 * comes. What is looked at and counted is said by {@link org.efferent.core.health.StreamHealth}.
 */
package org.efferent.acquisition.health;
