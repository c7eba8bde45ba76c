/**
 * What every command gets from the program and prints through: environment, streams, colours, formats. What may come in: things
 * that all commands share. Not: anything about one command.
 */
@NullMarked
package dev.mooring.cli.terminal;

import org.jspecify.annotations.NullMarked;
