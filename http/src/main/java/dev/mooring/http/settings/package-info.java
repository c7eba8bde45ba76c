/**
 * The settings of an HTTP backend: their definitions, and their values, read and checked. What may come in: definitions and values, no
 * behaviour.
 */
@NullMarked
package dev.mooring.http.settings;

import org.jspecify.annotations.NullMarked;
