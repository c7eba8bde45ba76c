package dev.mooring.spring.postgres;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches when {@code spring.datasource.url} is the URL of a PostgreSQL database. */
final class BootNamesPostgres extends SpringBootCondition {
    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Boot's database");
        boolean is = DatabaseAddressCondition.boots(context.getEnvironment()).startsWith("jdbc:postgresql:");
        return new ConditionOutcome(
                is, message.because("spring.datasource.url " + (is ? "names" : "does not name") + " PostgreSQL"));
    }
}
