/** The commands about connection pools. What may come in: those commands and what they print. Not: how a service is asked. */
@NullMarked
package dev.mooring.cli.service.pool;

import org.jspecify.annotations.NullMarked;
