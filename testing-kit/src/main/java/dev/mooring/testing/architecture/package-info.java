/**
 * The rules of shape that every module keeps, in one place: the arrows between modules and packages go one way, and nulls
 * are marked. Needs ArchUnit on the class path of the test that calls it.
 */
@NullMarked
package dev.mooring.testing.architecture;

import org.jspecify.annotations.NullMarked;
