/** The description of the service's calls (OpenAPI): how it is generated, held to the last release and to the running service. */
@NullMarked
package dev.mooring.registry.api;

import org.jspecify.annotations.NullMarked;
