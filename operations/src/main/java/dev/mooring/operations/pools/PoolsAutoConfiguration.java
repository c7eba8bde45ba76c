package dev.mooring.operations.pools;

import dev.mooring.operations.access.AccessAutoConfiguration;
import dev.mooring.operations.audit.Audit;
import dev.mooring.operations.audit.AuditAutoConfiguration;
import dev.mooring.operations.control.ControlTransactions;
import dev.mooring.spring.pool.ConnectionPools;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** The connection pools of an application, and what operators do with them. */
@AutoConfiguration(after = {AccessAutoConfiguration.class, AuditAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({ControlTransactions.class, Audit.class})
public final class PoolsAutoConfiguration {
    @Bean
    PoolController poolController(ObjectProvider<ConnectionPools> pools, ControlTransactions control, Audit audit) {
        return new PoolController(new PoolActs(pools.orderedStream().toList(), control, audit));
    }
}
