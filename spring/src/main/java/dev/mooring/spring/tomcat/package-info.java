/** Extensions of Tomcat, for what filters cannot do, and its management port. What may come in: as little as possible. */
@NullMarked
package dev.mooring.spring.tomcat;

import org.jspecify.annotations.NullMarked;
