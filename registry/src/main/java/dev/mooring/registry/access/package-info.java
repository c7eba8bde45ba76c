/**
 * Who is calling, and whether they may: keys, and which calls need one. Everything here is answered from memory, so that it works
 * whatever is down. What may come in: kinds of keys and rules. Not: what the calls do.
 */
@NullMarked
package dev.mooring.registry.access;

import org.jspecify.annotations.NullMarked;
