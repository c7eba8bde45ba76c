/** What went wrong: the closed list of failure kinds, each with what it means and what to check. Depends on nothing here. */
@NullMarked
package dev.mooring.failure;

import org.jspecify.annotations.NullMarked;
