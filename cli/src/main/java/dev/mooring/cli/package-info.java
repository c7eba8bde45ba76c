/**
 * The {@code mooring} command. What may come in: commands, and how they talk to people. What they do is done by the other
 * modules.
 */
@NullMarked
package dev.mooring.cli;

import org.jspecify.annotations.NullMarked;
