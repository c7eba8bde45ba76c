package dev.mooring.spring.connection;

/** Why a connection ends. */
enum Ending {
    /** The head of a request did not come in time. */
    SLOW_HEAD("sent no whole request in time"),
    /** No further request came. */
    IDLE("had no request for too long"),
    /** The client took an answer too slowly. */
    SLOW_READER("read an answer too slowly"),
    /** Too many requests waited for their clients, this one longest. */
    PLACE_NEEDED("let a request wait when nearly all places for requests were taken"),
    /** Too few places were free, and this connection had no request for longest. */
    CROWDED_OUT("had no request when nearly all places for connections were taken"),
    /** The client address has as many connections as it may. */
    TOO_MANY("came from an address that had as many as it may");

    private final String words;

    Ending(String words) {
        this.words = words;
    }

    /** What the connection did, for people. */
    String words() {
        return words;
    }
}
