/** Hashes that are kept in tables. What may come in: how bytes are hashed. Not: which bytes. */
@NullMarked
package dev.mooring.operations.digest;

import org.jspecify.annotations.NullMarked;
