/**
 * What a test of a supervised service needs: a clock that the test moves, a network that the test breaks, servers that the test
 * hurts, and processes that the test ends.
 *
 * <p>One room per thing: {@link dev.mooring.testing.time}, {@link dev.mooring.testing.proxy}. Nothing here knows any other module
 * of Mooring; what a tested class takes are types of the JDK, so that the kit serves every code base.
 */
@NullMarked
package dev.mooring.testing;

import org.jspecify.annotations.NullMarked;
