package dev.mooring.registry.mlflow.search;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** MLflow's token of a page: base64 of JSON with the number of rows before the page. */
public final class PageToken {
    private static final Pattern JSON = Pattern.compile("\\s*\\{\\s*\"offset\"\\s*:\\s*([1-9][0-9]{0,8})\\s*}\\s*");

    private PageToken() {}

    /** The token of the page that begins at a row. */
    public static String of(long offset) {
        return Base64.getEncoder().encodeToString(("{\"offset\": " + offset + "}").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The row at which a page begins; 0 for an empty token.
     *
     * @throws SearchException no answer gave such a token
     */
    public static long offset(String token) {
        if (token.isEmpty()) {
            return 0;
        }
        try {
            if (token.length() % 4 != 0) {
                throw new IllegalArgumentException("its padding is missing");
            }
            Matcher json = JSON.matcher(new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8));
            if (json.matches()) {
                return Long.parseLong(json.group(1));
            }
        } catch (IllegalArgumentException notBase64) {
            // It is refused like every other text that is no token.
        }
        throw new SearchException(
                "page_token is " + SearchException.shown(token) + ", which is not the next_page_token of an answer");
    }
}
