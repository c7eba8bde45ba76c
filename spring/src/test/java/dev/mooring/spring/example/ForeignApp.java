package dev.mooring.spring.example;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** An application with Spring Security whose controllers fail in many ways. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@EnableMethodSecurity
@Import(ForeignApp.Failing.class)
class ForeignApp {

    @ResponseStatus(HttpStatus.GONE)
    static class Gone extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @RestController
    static class Failing {
        @GetMapping("/denied")
        @PreAuthorize("hasRole('ADMIN')")
        String denied() {
            return "for administrators";
        }

        @GetMapping("/gone")
        String gone() {
            throw new Gone();
        }

        @GetMapping("/locking")
        String locking() {
            throw new OptimisticLockingFailureException("changed by another");
        }

        @GetMapping("/rollback")
        String rollback() {
            throw new UnexpectedRollbackException("rolled back");
        }

        @GetMapping("/commit")
        String commit() {
            throw new TransactionSystemException("no commit", new SQLException("connection lost", "08006"));
        }

        @GetMapping("/timeout")
        String timeout() {
            throw new QueryTimeoutException("slow", new SQLException("cancelled", "57014"));
        }

        @GetMapping("/refused")
        String refused() {
            Dependency database = Dependency.named("database")
                    .probe(attempt -> {
                        throw new ConnectException("Connection refused");
                    })
                    .build();
            try (Mooring mooring = Mooring.supervise(database)) {
                database.acquire();
                return "admitted while " + mooring.health().overall();
            } catch (RuntimeException refused) {
                throw new CannotCreateTransactionException(
                        "no transaction", new SQLTransientConnectionException("refused", "08001", refused));
            }
        }

        @GetMapping("/saturated")
        String saturated() {
            throw new DataAccessResourceFailureException(
                    "no connection", new DependencySaturatedException("database", "20 of 20 are busy"));
        }

        @GetMapping("/broken")
        String broken() {
            throw new DataAccessResourceFailureException("broken", new SQLException("An I/O error occurred", "08006"));
        }

        @GetMapping("/problem")
        String problem() {
            throw new ProblemException(Problem.notFound("order_not_found", "There is no order 7."));
        }
    }
}
