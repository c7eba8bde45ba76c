package dev.mooring.registry.page;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where the next page begins, as clients carry it: opaque to them, so that how we page can change. It holds the last key of the
 * page before, so a page neither repeats nor leaves out what was there all the time, whatever is added meanwhile.
 */
public final class PageToken {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private PageToken() {}

    /** The token for what comes after {@code lastKey} in the list of that kind. */
    public static String after(PagedList list, String lastKey) {
        return ENCODER.encodeToString((list.mark() + lastKey).getBytes(StandardCharsets.UTF_8));
    }

    /** The key in the token; empty if it is not one that we gave out for this kind of list. */
    public static Optional<String> lastKey(PagedList list, String token) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(list.mark()) ? list.key(text.substring(1)) : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException notOurs) {
            return Optional.empty();
        }
    }
}
