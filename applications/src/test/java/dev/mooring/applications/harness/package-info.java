/** Starts applications with and without the starter, breaks their database, and compares what they do. */
@NullMarked
package dev.mooring.applications.harness;

import org.jspecify.annotations.NullMarked;
