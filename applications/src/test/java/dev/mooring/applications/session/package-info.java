/** An application with Spring Session JDBC. */
@NullMarked
package dev.mooring.applications.session;

import org.jspecify.annotations.NullMarked;
