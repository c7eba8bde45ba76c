/**
 * The lock-free part of the breaker under jcstress: every interleaving of two threads must end in an outcome that its class
 * lists as acceptable.
 */
@NullMarked
package dev.mooring.benchmarks.races;

import org.jspecify.annotations.NullMarked;
