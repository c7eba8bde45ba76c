/**
 * What a test of a supervised service needs: a network that the test breaks, servers that the test hurts, processes that the test ends;
 * and, from module {@code testing-kit}, a clock that the test moves and users who never wait.
 *
 * <p>One room for each: {@link dev.mooring.testing.proxy}, {@link dev.mooring.testing.postgres}, {@link dev.mooring.testing.process},
 * {@link dev.mooring.testing.time}, {@link dev.mooring.testing.load}; and {@link dev.mooring.testing.architecture} for the rules of shape
 * that each module checks. It knows {@link dev.mooring.embedded}, with whose programs its servers run, and no other module of Mooring.
 * A tested class takes types of the JDK, so the kit serves every code base. Nothing that it starts outlives the JVM of the test, however
 * that one ends.
 */
@NullMarked
package dev.mooring.testing;

import org.jspecify.annotations.NullMarked;
