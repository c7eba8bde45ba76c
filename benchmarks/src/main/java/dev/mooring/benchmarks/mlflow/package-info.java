/**
 * Measures the local registry beside MLflow's own server: the same calls, on the same PostgreSQL, in one run, each server in a process of
 * its own.
 */
@NullMarked
package dev.mooring.benchmarks.mlflow;

import org.jspecify.annotations.NullMarked;
