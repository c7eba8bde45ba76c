/**
 * The layered diagnosis of a dependency: checks as data, and the one engine that runs them. What may come in: what every kind of dependency
 * shares. What one kind alone can check stands in its own module.
 */
@NullMarked
package dev.mooring.diagnosis;

import org.jspecify.annotations.NullMarked;
