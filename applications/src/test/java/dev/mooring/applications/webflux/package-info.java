/** An application with WebFlux on Netty that uses JDBC on threads of its own. */
@NullMarked
package dev.mooring.applications.webflux;

import org.jspecify.annotations.NullMarked;
