/**
 * Real processes that a test starts, disturbs and ends.
 *
 * <p>{@link dev.mooring.testing.process.ChildProcess} runs a command or a Java main class; {@link
 * dev.mooring.testing.process.LastWill} makes sure that nothing outlives the JVM of the test, even if that one is killed. What
 * may come in: code for any process, whatever runs in it. Signals need a Unix.
 */
@NullMarked
package dev.mooring.testing.process;

import org.jspecify.annotations.NullMarked;
