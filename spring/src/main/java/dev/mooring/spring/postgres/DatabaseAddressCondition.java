package dev.mooring.spring.postgres;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches when our settings hold the address of a PostgreSQL database, and Boot's own properties name no database. */
final class DatabaseAddressCondition extends SpringBootCondition {
    private static final String[] NAMES = {
        "mooring.database.host", "mooring.database.url", "mooring.postgres.uri", "DATABASE_URL", "POSTGRES_URI"
    };

    private static final String[] BOOTS = {"spring.datasource.url", "spring.datasource.jndi-name"};

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Mooring database address");
        Environment environment = context.getEnvironment();
        for (String property : BOOTS) {
            if (!value(environment, property).isBlank()) {
                return ConditionOutcome.noMatch(message.because(property + " is set"));
            }
        }
        for (String property : NAMES) {
            if (!value(environment, property).isBlank()) {
                return ConditionOutcome.match(message.foundExactly(property));
            }
        }
        return ConditionOutcome.noMatch(message.because("neither DATABASE_HOST nor DATABASE_URL is set"));
    }

    /** The URL of Boot's own data source; empty where it is not set. */
    static String boots(Environment environment) {
        return value(environment, BOOTS[0]);
    }

    /** The name where the value has a placeholder without a value: where Boot uses the property, Boot reports it. */
    private static String value(Environment environment, String property) {
        try {
            return environment.getProperty(property, "");
        } catch (IllegalArgumentException placeholderWithoutValue) {
            return property;
        }
    }
}
