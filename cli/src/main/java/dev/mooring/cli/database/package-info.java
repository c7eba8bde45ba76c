/**
 * The commands that open the database by themselves, without a running service: wait, init, check. What may come in: those commands, and
 * where they find the address. Not: what asks a running service, and what diagnoses.
 */
@NullMarked
package dev.mooring.cli.database;

import org.jspecify.annotations.NullMarked;
