/** Diagnoses of dependencies on demand. What may come in: the call that makes one, and the form in which it is shown. */
@NullMarked
package dev.mooring.operations.diagnosis;

import org.jspecify.annotations.NullMarked;
