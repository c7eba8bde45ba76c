/** The lock-free part of the breaker under jcstress: every interleaving of two threads must end in a state that makes sense. */
@NullMarked
package dev.mooring.benchmarks.races;

import org.jspecify.annotations.NullMarked;
