package dev.mooring.spring.request;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;

/** Tells web pages that this service itself has served from those of others. */
public final class OwnOrigin {
    private OwnOrigin() {}

    /**
     * Whether a page of this origin comes from the address that the request goes to. A proxy may have ended TLS, so the scheme does not count.
     *
     * @param origin the value of the header {@code Origin}
     */
    public static boolean is(String origin, HttpServletRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        return host != null
                && (origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host));
    }
}
