/**
 * The picture of the README: what clients of two servers saw while their database was frozen. One run measures and writes the data, and the
 * chart is drawn from the data alone, so a test can compare the two.
 */
@NullMarked
package dev.mooring.benchmarks.outage;

import org.jspecify.annotations.NullMarked;
