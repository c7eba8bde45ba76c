/** An application with Spring Security and method security. */
@NullMarked
package dev.mooring.applications.security;

import org.jspecify.annotations.NullMarked;
