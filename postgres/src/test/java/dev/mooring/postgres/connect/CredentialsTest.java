package dev.mooring.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.settings.Secret;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CredentialsTest {
    private final AtomicReference<Secret> present = new AtomicReference<>(Secret.of("one"));
    private final Credentials credentials = new Credentials(() -> Optional.of(present.get()));

    @Test
    void refusedPassword_neverWorked_isNotTriedTwice() throws Exception {
        Optional<Secret> first = credentials.first();

        assertThat(credentials.second(first)).isEmpty();
        assertThat(credentials.first()).isEqualTo(first);
    }

    @Test
    void newPassword_notYetOnTheServer_fallsBackToTheLastThatWorked() throws Exception {
        credentials.worked(credentials.first());
        present.set(Secret.of("two"));

        Optional<Secret> first = credentials.first();
        assertThat(first).contains(Secret.of("two"));
        assertThat(credentials.second(first)).contains(Secret.of("one"));
        credentials.worked(Optional.of(Secret.of("one")));

        assertThat(credentials.first()).as("no refusal for each log-in").contains(Secret.of("one"));
    }

    @Test
    void lastGoodPassword_refusedAfterTheRotation_isFollowedByTheNewOne() throws Exception {
        newPassword_notYetOnTheServer_fallsBackToTheLastThatWorked();

        assertThat(credentials.second(Optional.of(Secret.of("one")))).contains(Secret.of("two"));
        credentials.worked(Optional.of(Secret.of("two")));
        assertThat(credentials.first()).contains(Secret.of("two"));
        assertThat(credentials.changedSinceRefusal()).isTrue();
    }

    @Test
    void passwordThatChangesBetweenReadingAndRefusal_isTriedAtOnce() throws Exception {
        Optional<Secret> first = credentials.first();
        present.set(Secret.of("two"));

        assertThat(credentials.second(first)).contains(Secret.of("two"));
        assertThat(credentials.changedSinceRefusal()).isTrue();
    }

    @Test
    void source_thatFails_leavesTheLastPasswordThatWorkedInForce() throws Exception {
        credentials.worked(credentials.first());
        present.set(null);

        assertThat(credentials.first()).contains(Secret.of("one"));
        assertThat(credentials.second(Optional.of(Secret.of("one")))).isEmpty();
        assertThat(credentials.changedSinceRefusal()).isFalse();
    }

    @Test
    void source_thatFailsBeforeAnyPasswordWorked_isToldWithoutItsMessage() {
        Credentials broken = new Credentials(() -> {
            throw new IllegalStateException("s3cr3t");
        });

        assertThatThrownBy(broken::first)
                .isInstanceOf(SQLException.class)
                .hasMessage("the source of the password failed with java.lang.IllegalStateException")
                .hasNoCause();
        assertThat(broken.changedSinceRefusal()).isFalse();
    }

    @Test
    void noPassword_isNone() throws Exception {
        Credentials none = new Credentials(Optional::empty);

        assertThat(none.first()).isEmpty();
        assertThat(none.second(none.first())).isEmpty();
        assertThat(none.changedSinceRefusal()).isFalse();
    }
}
