package dev.mooring.messages;

import dev.mooring.failure.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;

/** How one delivery of a message ended. Immutable. */
public sealed interface Result {
    /** The destination has the message. The relay runs {@code also} in the transaction in which it records that. */
    record Delivered(Recording also) implements Result {}

    /** The destination refuses this message for ever, so the message ends. The relay runs {@code also} in the transaction in which it
     * records that. */
    record Rejected(FailureKind kind, String message, Recording also) implements Result {}

    /** The destination answered this message with an error while it was well. Counts: after the last attempt the message is dead. */
    record Refused(FailureKind kind, String message) implements Result {}

    /** The destination is away, or a person has to change its configuration. The message waits, and nothing counts. */
    record Later(FailureKind kind, String message) implements Result {}

    /** What changes together with the end of a message. */
    @FunctionalInterface
    interface Recording {
        /** Does nothing. */
        Recording NOTHING = connection -> {};

        /**
         * Makes the changes in the transaction of {@code connection}, which may be repeated after a roll-back; must be quick. The relay
         * records messages of different keys that have such changes in one transaction each.
         */
        void on(Connection connection) throws SQLException;
    }

    /** Whether the message has ended, so that the next of its key may go. */
    default boolean ends() {
        return this instanceof Delivered || this instanceof Rejected;
    }

    /** The destination has the message. */
    static Result delivered() {
        return new Delivered(Recording.NOTHING);
    }

    /** The message was not sent, because one before it in the batch, of the same key, has not ended. */
    static Result behind() {
        return new Later(FailureKind.SATURATED, "waits for the message of its key before it");
    }
}
