/** The commands about dead letters. What may come in: those commands and what they print. Not: how a service is asked. */
@NullMarked
package dev.mooring.cli.service.letters;

import org.jspecify.annotations.NullMarked;
