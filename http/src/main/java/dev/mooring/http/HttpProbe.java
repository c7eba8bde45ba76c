package dev.mooring.http;

/**
 * How the supervisor checks a backend: a GET on a new connection each time, with the backend's credentials, and what its reply has to be.
 * Immutable; the methods with an argument give a changed copy.
 *
 * <pre>{@code
 * HttpProbe.get("/api/2.0/mlflow/registered-models/search?max_results=1")
 * }</pre>
 */
public final class HttpProbe {
    private final String target;
    private final ReplyCheck check;

    private HttpProbe(String target, ReplyCheck check) {
        this.target = target;
        this.check = check;
    }

    /**
     * A probe that asks for {@code target} and expects JSON with a status of 200 to 299. Ask for something that needs what calls need: a
     * health page that is always 200 proves nothing.
     *
     * @param target path and perhaps query, as {@link HttpCall#of} takes them
     */
    public static HttpProbe get(String target) {
        return new HttpProbe(HttpCall.get(target).target(), ReplyCheck.json());
    }

    /** The same with another check, which gets the reply whatever its status is. */
    public HttpProbe expecting(ReplyCheck expected) {
        return new HttpProbe(target, expected);
    }

    String target() {
        return target;
    }

    ReplyCheck check() {
        return check;
    }
}
