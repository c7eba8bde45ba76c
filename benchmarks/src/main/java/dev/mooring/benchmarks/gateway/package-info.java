/** Measures what the gateway adds to the latency of an MLflow server: a scripted one, asked directly and through the service in one run. */
@NullMarked
package dev.mooring.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
