/** Retries: how long to wait, how often, and until when. */
@NullMarked
package dev.mooring.retry;

import org.jspecify.annotations.NullMarked;
