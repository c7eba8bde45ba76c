/** An application without a web server that runs one job of Spring Batch at its start. */
@NullMarked
package dev.mooring.applications.batch;

import org.jspecify.annotations.NullMarked;
