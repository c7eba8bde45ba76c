/** The breaker against its peers: the same work for each, one file per situation. Nothing but measurements may come in. */
@NullMarked
package dev.mooring.benchmarks.breaker;

import org.jspecify.annotations.NullMarked;
