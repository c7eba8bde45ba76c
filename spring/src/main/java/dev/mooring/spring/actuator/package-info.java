/**
 * Translates the health report for Spring Boot's Actuator. What may come in: translations of a report. Not: checks of its own.
 */
@NullMarked
package dev.mooring.spring.actuator;

import org.jspecify.annotations.NullMarked;
