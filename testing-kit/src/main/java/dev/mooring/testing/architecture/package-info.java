/**
 * Rules for the packages of every module: dependencies between modules and between packages go one way, and every package is null-marked. A
 * test that checks them needs ArchUnit on its class path.
 */
@NullMarked
package dev.mooring.testing.architecture;

import org.jspecify.annotations.NullMarked;
