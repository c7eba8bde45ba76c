package dev.mooring.applications.jpa;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Failures of transactions that say nothing about the database. */
@RestController
public final class ConflictsPage {
    private final ThingRepository repository;
    private final TransactionTemplate transactions;

    ConflictsPage(ThingRepository repository, PlatformTransactionManager manager) {
        this.repository = repository;
        this.transactions = new TransactionTemplate(manager);
    }

    /** Two users read the same row and change it; the second one is too late. */
    @PostMapping("/conflicts/lock")
    String lock() {
        Thing row = repository.save(new Thing("read by two"));
        row.rename("changed by the first");
        repository.save(row);
        row.rename("changed by the second");
        repository.save(row);
        return "changed";
    }

    /** The inner transaction asks for a rollback, so that the outer one cannot commit. */
    @PostMapping("/conflicts/rollback")
    String rollback() {
        transactions.executeWithoutResult(outer -> transactions.executeWithoutResult(inner -> inner.setRollbackOnly()));
        return "committed";
    }
}
