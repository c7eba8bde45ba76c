/**
 * The gateway to a real MLflow server: what may go there, and how. What may come in: forwarding, and the rules of what is forwarded; nothing
 * that knows models.
 */
@NullMarked
package dev.mooring.registry.gateway;

import org.jspecify.annotations.NullMarked;
