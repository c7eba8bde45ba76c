package dev.mooring.spring.outbox;

import dev.mooring.messages.Delivery;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;

/** Matches where the application delivers messages itself, or asks for an outbox whose messages another process delivers. */
final class OutboxWanted extends AnyNestedCondition {
    OutboxWanted() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnBean(Delivery.class)
    static final class Delivers {}

    @ConditionalOnBooleanProperty("mooring.outbox.enabled")
    static final class Asks {}
}
