/**
 * The history of health on disk, so that it survives a restart: written in the background when the database can be reached, read once.
 * What may come in: how changes are kept. Not: how they are answered, which happens from memory.
 */
@NullMarked
package dev.mooring.operations.history;

import org.jspecify.annotations.NullMarked;
