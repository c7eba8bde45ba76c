/**
 * How many requests each caller may make in a time. What may come in: kinds of quotas. Not: which calls a caller may make, which is
 * {@code access}.
 */
@NullMarked
package dev.mooring.operations.limits;

import org.jspecify.annotations.NullMarked;
