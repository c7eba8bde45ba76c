/** The commands about the audit. What may come in: those commands and what they print. Not: how a service is asked. */
@NullMarked
package dev.mooring.cli.service.audit;

import org.jspecify.annotations.NullMarked;
