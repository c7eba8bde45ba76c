/** Random input for code that reads foreign text, repeatable by a seed. What may come in: other kinds of input. */
@NullMarked
package dev.mooring.testing.fuzz;

import org.jspecify.annotations.NullMarked;
