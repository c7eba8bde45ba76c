/** The commands about API keys. What may come in: those commands and what they print. Not: how a service is asked. */
@NullMarked
package dev.mooring.cli.service.keys;

import org.jspecify.annotations.NullMarked;
