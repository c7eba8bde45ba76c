package dev.mooring.registry.store;

/** A model or a version has as much of something as the registry keeps. The message is for clients. It is an answer, so it has no stack trace. */
public final class LimitReachedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;

    private LimitReachedException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static LimitReachedException aliases(int most) {
        return new LimitReachedException(
                "too_many_aliases",
                "The model has " + most
                        + " aliases, and that is the most there may be. Remove one that is not used any more.");
    }

    static LimitReachedException tags(int most, int bytes) {
        return new LimitReachedException(
                "too_many_tags",
                "With this tag there would be more than " + most + " tags, or more than " + bytes
                        + " bytes of them, and that is the most there may be. Remove one that is not used any more.");
    }

    /** The name of the limit, in snake case. */
    public String code() {
        return code;
    }
}
