/** What every application of this module does. What may come in: what several of them need. */
@NullMarked
package dev.mooring.applications.things;

import org.jspecify.annotations.NullMarked;
