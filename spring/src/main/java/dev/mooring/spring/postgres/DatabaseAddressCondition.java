package dev.mooring.spring.postgres;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches when our settings or Boot's own properties hold the address of a PostgreSQL database. */
final class DatabaseAddressCondition extends SpringBootCondition {
    private static final String[] NAMES = {
        "mooring.database.host", "mooring.database.url", "mooring.postgres.uri", "DATABASE_URL", "POSTGRES_URI"
    };

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Mooring database address");
        Environment environment = context.getEnvironment();
        for (String property : NAMES) {
            if (!environment.getProperty(property, "").isBlank()) {
                return ConditionOutcome.match(message.foundExactly(property));
            }
        }
        return ConditionOutcome.noMatch(message.because("neither DATABASE_HOST nor DATABASE_URL is set"));
    }
}
