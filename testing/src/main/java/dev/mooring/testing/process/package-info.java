/**
 * Real processes that a test starts, hurts and ends for sure.
 *
 * <p>{@link dev.mooring.testing.process.ChildProcess} runs a command or a Java main class; {@link
 * dev.mooring.testing.process.LastWill} sees to it that nothing outlives the test's JVM, even if that one is killed. What may come
 * in: what concerns any process, whatever runs in it. Signals need a Unix.
 */
@NullMarked
package dev.mooring.testing.process;

import org.jspecify.annotations.NullMarked;
