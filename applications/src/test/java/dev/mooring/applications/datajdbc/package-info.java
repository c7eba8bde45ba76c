/** An application with Spring Data JDBC. */
@NullMarked
package dev.mooring.applications.datajdbc;

import org.jspecify.annotations.NullMarked;
