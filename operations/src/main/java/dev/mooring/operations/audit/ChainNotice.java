package dev.mooring.operations.audit;

import dev.mooring.spring.health.HealthNotice;
import java.util.List;

/** Warns in health while the audit's chain cannot be continued. */
final class ChainNotice implements HealthNotice {
    private final Audit audit;

    ChainNotice(Audit audit) {
        this.audit = audit;
    }

    @Override
    public List<String> warnings() {
        return audit.isBroken()
                ? List.of(
                        "audit: its chain cannot be continued, so entries wait; GET /ops/audit/verification says what is wrong")
                : List.of();
    }
}
