/**
 * Compares the configuration of each start with that of the start before, and adds the differences to the audit. What may come in:
 * how settings are remembered and compared. Not: which settings there are.
 */
@NullMarked
package dev.mooring.operations.configuration;

import org.jspecify.annotations.NullMarked;
