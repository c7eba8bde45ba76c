/** The starter in applications that know nothing of it, each beside the same application without the starter. */
@NullMarked
package dev.mooring.applications;

import org.jspecify.annotations.NullMarked;
