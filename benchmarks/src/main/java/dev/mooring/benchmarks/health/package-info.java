/**
 * Measures how fast health answers while the database is frozen and every request thread is busy: the registry service beside a
 * plain Spring Boot application with the database indicator of Boot, each in a process of its own, on one real PostgreSQL.
 */
@NullMarked
package dev.mooring.benchmarks.health;

import org.jspecify.annotations.NullMarked;
