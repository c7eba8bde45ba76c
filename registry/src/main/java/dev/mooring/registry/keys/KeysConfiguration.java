package dev.mooring.registry.keys;

import dev.mooring.registry.audit.Audit;
import dev.mooring.registry.control.ControlTransactions;
import dev.mooring.time.Time;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Stored keys and the calls on them; needs the control connection and the audit. */
@Configuration(proxyBeanMethods = false)
public class KeysConfiguration {
    /** Needs nothing, because the web server wants it before there is a database. */
    @Bean
    KeyRing keyRing() {
        return new KeyRing(Time.system());
    }

    @Bean
    KeyController keyController(ControlTransactions control, Audit audit, KeyRing ring) {
        return new KeyController(new KeyActs(control, audit, ring, Time.system()));
    }
}
