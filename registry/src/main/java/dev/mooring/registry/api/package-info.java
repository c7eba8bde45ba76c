/** The description of all calls (OpenAPI), and the page at {@code /} that points to it. What may come in: what describes the service. */
@NullMarked
package dev.mooring.registry.api;

import org.jspecify.annotations.NullMarked;
