/**
 * The {@code mooring} command. What may come in: commands and their output. Not: what a command does; the other modules do
 * that.
 */
@NullMarked
package dev.mooring.cli;

import org.jspecify.annotations.NullMarked;
