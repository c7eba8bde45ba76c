/** What only Tomcat's own extension points allow. What may come in: as little as possible. */
@NullMarked
package dev.mooring.spring.tomcat;

import org.jspecify.annotations.NullMarked;
