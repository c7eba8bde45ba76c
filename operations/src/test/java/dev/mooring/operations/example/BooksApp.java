package dev.mooring.operations.example;

import dev.mooring.Dependency;
import dev.mooring.operations.access.EndpointScopes;
import dev.mooring.operations.access.Scope;
import dev.mooring.operations.audit.Audit;
import dev.mooring.operations.audit.AuditEntry;
import dev.mooring.operations.control.ControlTransactions;
import java.security.Principal;
import java.time.Duration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Another service: a feature that declares its scopes, one that does not, and a dependency beside the database. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({BooksApp.Books.class, BooksApp.Shelves.class})
class BooksApp {
    // tag::scopes
    @Bean
    EndpointScopes scopesOfBooks() {
        return EndpointScopes.of(new Scope("books:read"), new Scope("books:write"))
                .below("/books");
    }
    // end::scopes

    @Bean
    Dependency ranking() {
        return Dependency.named("ranking").optional().build();
    }

    @RestController
    static class Books {
        private final ControlTransactions control;
        private final Audit audit;

        Books(ControlTransactions control, Audit audit) {
            this.control = control;
            this.audit = audit;
        }

        @GetMapping("/books/first")
        String first(Principal caller) {
            return "Emma, for " + caller.getName();
        }

        // tag::audit
        @PostMapping("/books/{title}")
        String add(@PathVariable String title, Principal caller) {
            AuditEntry entry = AuditEntry.of(caller.getName(), "book.add", title, "", "");
            long number = control.call(database -> audit.append(database, entry), Duration.ofSeconds(2));
            return "added, see entry " + number;
        }
        // end::audit
    }

    @RestController
    static class Shelves {
        @GetMapping("/shelves")
        String all() {
            return "one shelf";
        }
    }
}
