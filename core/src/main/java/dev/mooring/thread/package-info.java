/** Background threads of the library and the service: how each one repeats its work, survives its failures and ends. */
@NullMarked
package dev.mooring.thread;

import org.jspecify.annotations.NullMarked;
