/** An application on virtual threads, where the JDK has them. */
@NullMarked
package dev.mooring.applications.virtualthreads;

import org.jspecify.annotations.NullMarked;
