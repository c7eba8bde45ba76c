/** The command status: the state of a running service at a glance. What may come in: what it reads and how it prints that. Not: how a service is asked. */
@NullMarked
package dev.mooring.cli.service.status;

import org.jspecify.annotations.NullMarked;
