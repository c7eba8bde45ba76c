package dev.mooring.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows a URI without its password: scheme, hosts, ports and path. Shows nothing of a text that could hold the password elsewhere: one with
 * a second {@code @}, with a port that is no number ({@code //user:password} without a host), or with a {@code ?} before the {@code @}.
 */
final class SafeUri {
    private static final String HOST = "(?:[A-Za-z0-9._%-]*|\\[[0-9A-Fa-f:.%]+])(?::\\d{1,5})?";
    private static final Pattern FORM = Pattern.compile(
            "([A-Za-z][A-Za-z0-9+.:-]{0,40}://)([^@?#]*@)?(" + HOST + "(?:," + HOST + ")*)(/[^@?#:]*)?([?#][^@]*)?");

    private SafeUri() {}

    static Optional<String> shown(String raw) {
        Matcher form = FORM.matcher(raw);
        if (!form.matches()) {
            return Optional.empty();
        }
        return Optional.of(form.group(1)
                + (form.group(2) == null ? "" : "…@")
                + form.group(3)
                + (form.group(4) == null ? "" : form.group(4))
                + (form.group(5) == null ? "" : "?…"));
    }
}
