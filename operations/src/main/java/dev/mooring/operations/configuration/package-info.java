/**
 * What was configured differently at this start than at the last one: compared once the database is reached, and entered in the audit.
 * What may come in: how settings are remembered and compared. Not: what can be set.
 */
@NullMarked
package dev.mooring.operations.configuration;

import org.jspecify.annotations.NullMarked;
