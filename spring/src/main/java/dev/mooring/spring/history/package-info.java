/**
 * The history of health in memory, and its path over HTTP. What may come in: parameters and responses. Not: storage on disk.
 */
@NullMarked
package dev.mooring.spring.history;

import org.jspecify.annotations.NullMarked;
