/**
 * Keys that are made, listed and revoked while the service runs. The table holds their hashes; every instance holds all valid ones in
 * memory and reads them again every 2 s, so asking whether a key is valid needs no database. What may come in: what happens to a key
 * between its making and its end. Not: which call needs which scope, which is {@code access}.
 */
@NullMarked
package dev.mooring.operations.keys;

import org.jspecify.annotations.NullMarked;
