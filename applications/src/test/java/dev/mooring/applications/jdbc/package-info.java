/** An application with JdbcClient and Tomcat. */
@NullMarked
package dev.mooring.applications.jdbc;

import org.jspecify.annotations.NullMarked;
