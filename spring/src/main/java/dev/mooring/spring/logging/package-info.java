/**
 * Log lines as JSON objects with stable names for their fields, or for people. In both forms foreign text cannot forge a line, and what
 * clients can make the log grow by is bounded. What may come in: how an event becomes a line. Not: what the service logs.
 */
@NullMarked
package dev.mooring.spring.logging;

import org.jspecify.annotations.NullMarked;
