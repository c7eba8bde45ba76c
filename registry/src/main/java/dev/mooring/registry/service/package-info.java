/**
 * The running service: its choice of a database, its start, its messages during the start, and its stop. What may come in: start and
 * stop. Not: what the service does for its callers, which is in the packages of its features.
 */
@NullMarked
package dev.mooring.registry.service;

import org.jspecify.annotations.NullMarked;
