/** Serves metrics in the formats of Prometheus. What may come in: how requests are answered. Not: what is counted. */
@NullMarked
package dev.mooring.operations.metrics;

import org.jspecify.annotations.NullMarked;
