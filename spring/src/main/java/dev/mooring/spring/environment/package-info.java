/**
 * Settings of a Spring Boot application: which there are, how they get from variables and properties into one {@code Settings},
 * and what is told when they are wrong. What may come in: definitions and their way in. Not: what obeys them.
 */
@NullMarked
package dev.mooring.spring.environment;

import org.jspecify.annotations.NullMarked;
