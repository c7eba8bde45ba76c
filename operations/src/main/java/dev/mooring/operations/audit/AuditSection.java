package dev.mooring.operations.audit;

import dev.mooring.spring.health.DetailSection;
import dev.mooring.spring.json.JsonObject;

/** The section of detailed health that gives the number of audit entries that wait for the database. */
final class AuditSection implements DetailSection {
    private final Audit audit;

    AuditSection(Audit audit) {
        this.audit = audit;
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public JsonObject read() {
        return new JsonObject().put("waiting", audit.waiting());
    }
}
