/**
 * Settings of a Spring Boot application: their definitions, how they get from variables and properties into one {@code
 * Settings}, and how a start with wrong settings fails. What may come in: definitions and sources. Not: code that uses a
 * setting.
 */
@NullMarked
package dev.mooring.spring.environment;

import org.jspecify.annotations.NullMarked;
