/** The model registry service. This package holds its settings; each feature, and the running service, have a package below. */
@NullMarked
package dev.mooring.registry;

import org.jspecify.annotations.NullMarked;
