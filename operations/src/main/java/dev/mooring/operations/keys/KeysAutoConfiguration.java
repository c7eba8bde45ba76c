package dev.mooring.operations.keys;

import dev.mooring.operations.OperationsSettings;
import dev.mooring.operations.access.AccessAutoConfiguration;
import dev.mooring.operations.access.ScopeRules;
import dev.mooring.operations.audit.Audit;
import dev.mooring.operations.audit.AuditAutoConfiguration;
import dev.mooring.operations.control.ControlTransactions;
import dev.mooring.settings.Settings;
import dev.mooring.time.Time;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/** Keys in the application's database, and the endpoints that manage them. */
@AutoConfiguration(after = {AccessAutoConfiguration.class, AuditAutoConfiguration.class})
@ConditionalOnBean({ScopeRules.class, ControlTransactions.class, Audit.class})
public final class KeysAutoConfiguration {
    /** Takes no other bean, because the web server needs it before the beans of the database exist. */
    @Bean
    KeyRing keyRing() {
        return new KeyRing(Time.system());
    }

    @Bean
    KeyController keyController(
            ControlTransactions control, Audit audit, KeyRing ring, ScopeRules rules, Settings settings) {
        boolean keysAreAskedFor = settings.get(OperationsSettings.AUTH_ENABLED);
        KeyTable table = new KeyTable(rules.known(), keysAreAskedFor);
        return new KeyController(
                new KeyActs(control, audit, table, ring, keysAreAskedFor, Time.system()), rules.known());
    }
}
