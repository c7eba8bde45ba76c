/** An application with Spring Data JPA and Hibernate, which makes its own table. */
@NullMarked
package dev.mooring.applications.jpa;

import org.jspecify.annotations.NullMarked;
