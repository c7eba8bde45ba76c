/**
 * Keys that callers make, list and revoke while the service runs. The table holds their hashes. Every instance holds all valid keys in
 * memory and reads them again every 2 s, so checking a key needs no database. What may come in: the life of a key. Not: which call
 * needs which scope, which is in {@code access}.
 */
@NullMarked
package dev.mooring.operations.keys;

import org.jspecify.annotations.NullMarked;
