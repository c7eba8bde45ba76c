/**
 * The running service: which database it uses, how it starts, what it says of itself on the way, and how it stops. What may come in:
 * start and stop. What the service does for its callers stands in the packages of its features.
 */
@NullMarked
package dev.mooring.registry.service;

import org.jspecify.annotations.NullMarked;
