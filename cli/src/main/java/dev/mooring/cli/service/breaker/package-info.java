/** The commands about circuit breakers. What may come in: those commands and what they print. Not: how a service is asked. */
@NullMarked
package dev.mooring.cli.service.breaker;

import org.jspecify.annotations.NullMarked;
