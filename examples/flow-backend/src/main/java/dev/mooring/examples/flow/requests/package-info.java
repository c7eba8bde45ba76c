/** What several services read from requests. */
@NullMarked
package dev.mooring.examples.flow.requests;

import org.jspecify.annotations.NullMarked;
