/** An application on Jetty. */
@NullMarked
package dev.mooring.applications.jetty;

import org.jspecify.annotations.NullMarked;
