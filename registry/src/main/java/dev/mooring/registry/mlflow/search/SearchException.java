package dev.mooring.registry.mlflow.search;

import dev.mooring.spring.body.Text;

/** A parameter of a search that is not accepted. The message is for the client. */
public final class SearchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean databases;

    SearchException(String message) {
        this(message, false);
    }

    private SearchException(String message, boolean databases) {
        super(message, null, false, false);
        this.databases = databases;
    }

    /** One that MLflow leaves to its database to find. */
    static SearchException databases(String message) {
        return new SearchException(message, true);
    }

    /** Whether MLflow leaves it to its database to find, which answers it with another code. */
    public boolean isDatabases() {
        return databases;
    }

    /** A text that a client sent, in quotes and cut to fit into a message. */
    static String shown(String text) {
        return "\"" + Text.shown(text) + "\"";
    }
}
