/**
 * What a client is told when a request fails: one record, one writer, and the places from which a failure can come (filters,
 * controllers, Spring MVC itself, the container). What may come in: answers. Not: why something failed.
 */
@NullMarked
package dev.mooring.spring.problem;

import org.jspecify.annotations.NullMarked;
