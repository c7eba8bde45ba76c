package dev.mooring.spring.actuator;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches while the application does not say itself what Actuator's group {@code readiness} includes. */
final class ReadinessIsBoots extends SpringBootCondition {
    private static final List<String> OF_THE_USER = List.of(
            "management.endpoint.health.group.readiness.include", "management.endpoint.health.group.readiness.exclude");

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Group readiness");
        Binder properties = Binder.get(context.getEnvironment());
        return OF_THE_USER.stream()
                .filter(property ->
                        properties.bind(property, Bindable.listOf(String.class)).isBound())
                .findFirst()
                .map(property -> ConditionOutcome.noMatch(message.foundExactly(property)))
                .orElseGet(() -> ConditionOutcome.match(message.because("the application does not define it")));
    }
}
