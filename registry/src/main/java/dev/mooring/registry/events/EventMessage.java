package dev.mooring.registry.events;

import java.util.Optional;

/**
 * An event as a message.
 *
 * @param key the id of the model: messages of one key stay in order, also when the model gets another name
 * @param type {@code model.registered} or {@code model.promoted}
 * @param payload a JSON object
 * @param traceparent the trace of the request that caused the event
 */
record EventMessage(String key, String type, String payload, Optional<String> traceparent) {}
