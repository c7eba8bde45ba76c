/**
 * The command {@code doctor}: it examines the dependencies that the settings name. What may come in: how a diagnosis is asked for and shown.
 * Not: what is checked; each module knows the checks of its own dependency.
 */
@NullMarked
package dev.mooring.cli.doctor;

import org.jspecify.annotations.NullMarked;
