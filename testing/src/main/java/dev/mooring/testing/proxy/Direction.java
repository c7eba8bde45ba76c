package dev.mooring.testing.proxy;

/** One of the two directions of a connection through the proxy. */
public enum Direction {
    /** What the client sends. */
    CLIENT_TO_SERVER,
    /** What the server answers. */
    SERVER_TO_CLIENT
}
