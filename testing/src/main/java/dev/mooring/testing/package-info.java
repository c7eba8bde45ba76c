/**
 * What a test of a supervised service needs: a network that the test breaks, servers that the test stops, freezes and kills, processes that
 * the test ends; and, from module {@code testing-kit}, a clock that the test moves and a load at a constant rate.
 *
 * <p>One package for each: {@link dev.mooring.testing.proxy}, {@link dev.mooring.testing.postgres}, {@link dev.mooring.testing.process},
 * {@link dev.mooring.testing.http}, {@link dev.mooring.testing.mlflow}, {@link dev.mooring.testing.tls},
 * {@link dev.mooring.testing.time}, {@link dev.mooring.testing.load}; and {@link dev.mooring.testing.architecture} for the rules that
 * each module's {@code ArchitectureTest} checks. Module {@code testing} uses {@link dev.mooring.embedded}, whose programs its servers run, and
 * no other module of Mooring. A tested class takes types of the JDK, so the module serves every code base. The servers and processes that
 * it starts end with the JVM of the test, however that JVM ends.
 */
@NullMarked
package dev.mooring.testing;

import org.jspecify.annotations.NullMarked;
