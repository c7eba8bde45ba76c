/**
 * What a test of a supervised service needs: a clock that the test moves, a network that the test breaks, servers that the test
 * hurts, processes that the test ends, and users who never wait.
 *
 * <p>One room for each: {@link dev.mooring.testing.time}, {@link dev.mooring.testing.proxy}, {@link dev.mooring.testing.postgres},
 * {@link dev.mooring.testing.process}, {@link dev.mooring.testing.load}, {@link dev.mooring.testing.port}; and {@link
 * dev.mooring.testing.architecture} for the rules of shape that each module checks. Nothing here knows any other module of Mooring; what a tested class takes are types of the JDK, so
 * that the kit serves every code base. Nothing that it starts outlives the JVM of the test, however that one ends.
 */
@NullMarked
package dev.mooring.testing;

import org.jspecify.annotations.NullMarked;
