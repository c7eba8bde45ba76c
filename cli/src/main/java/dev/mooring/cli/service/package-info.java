/**
 * The commands that ask a running service over HTTP. What may come in: those commands, their client and its options. Not: what
 * reads a database or a setting by itself.
 */
@NullMarked
package dev.mooring.cli.service;

import org.jspecify.annotations.NullMarked;
