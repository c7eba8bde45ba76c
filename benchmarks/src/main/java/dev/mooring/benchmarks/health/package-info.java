/**
 * How fast health is told while the database is frozen and every request thread is busy: the registry service beside a plain Spring
 * Boot application with Boot's own database indicator, each as a process of its own on one real PostgreSQL.
 */
@NullMarked
package dev.mooring.benchmarks.health;

import org.jspecify.annotations.NullMarked;
