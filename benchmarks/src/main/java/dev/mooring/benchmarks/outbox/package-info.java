/**
 * Measures the outbox beside pgbench, which runs the same statements without Java, and beside db-scheduler, which does the same work with a
 * table of tasks. Not: tests.
 */
@NullMarked
package dev.mooring.benchmarks.outbox;

import org.jspecify.annotations.NullMarked;
