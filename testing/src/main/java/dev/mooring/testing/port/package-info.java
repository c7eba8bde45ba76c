/**
 * Choosing a TCP port before anything listens on it. What may come in: other ways to get an address for a test.
 */
@NullMarked
package dev.mooring.testing.port;

import org.jspecify.annotations.NullMarked;
