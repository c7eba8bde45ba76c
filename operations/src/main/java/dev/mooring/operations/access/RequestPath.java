package dev.mooring.operations.access;

import jakarta.servlet.http.HttpServletRequest;

/** The path by which access judges a request. */
public final class RequestPath {
    private RequestPath() {}

    /** The path as the container maps it: decoded, normalized, without parameters of its segments. */
    public static String of(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }
}
