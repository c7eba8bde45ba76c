package dev.mooring.spring.problem;

import jakarta.servlet.http.HttpServletResponse;

/** Headers that keep a browser from taking an answer for something else than it is. */
public final class SafeAnswer {
    private SafeAnswer() {}

    /** The browser takes the answer for what its {@code Content-Type} says, and never guesses. */
    public static void mark(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
    }
}
