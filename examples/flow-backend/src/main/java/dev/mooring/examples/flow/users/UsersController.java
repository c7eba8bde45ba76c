package dev.mooring.examples.flow.users;

import dev.mooring.examples.flow.requests.Amount;
import dev.mooring.examples.flow.transactions.PatientTransactions;
import dev.mooring.postgres.id.UuidV7;
import dev.mooring.spring.body.BodyReader;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Creates and shows users. */
@RestController
class UsersController {
    private static final int LONGEST_EMAIL = 254;

    private final JdbcClient database;
    private final PatientTransactions transactions;

    UsersController(JdbcClient database, PatientTransactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    @PostMapping("/users")
    @ResponseStatus(HttpStatus.CREATED)
    User create(@RequestBody(required = false) byte @Nullable [] body) {
        BodyReader reader = BodyReader.of(body, Set.of("email", "credit_cents"));
        String email = reader.required("email", LONGEST_EMAIL);
        long credit = Amount.in(reader, "credit_cents");
        reader.mistakes().refuseIfAny();
        UUID id = UuidV7.at(System.currentTimeMillis());
        return transactions.run(() -> create(new User(id, email, credit)));
    }

    private User create(User user) {
        database.sql("insert into users (id, email, credit_cents) values (?, ?, ?) on conflict do nothing")
                .params(user.id(), user.email(), user.creditCents())
                .update();
        UUID holder = database.sql("select id from users where email = ?")
                .param(user.email())
                .query(UUID.class)
                .single();
        if (!holder.equals(user.id())) {
            throw new ProblemException(Problem.of(409, "email_taken", "Another user has this e-mail address."));
        }
        return user;
    }

    @GetMapping("/users/{id}")
    User user(@PathVariable UUID id) {
        return transactions.run(() -> database.sql("select id, email, credit_cents from users where id = ?")
                .param(id)
                .query(User.class)
                .optional()
                .orElseThrow(() -> ProblemException.notFound("user_not_found", "There is no user " + id + ".")));
    }
}
