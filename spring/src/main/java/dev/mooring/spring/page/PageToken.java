package dev.mooring.spring.page;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The {@code page_token} that a client sends back. It is opaque to clients, so its form can change. It holds the last key of the
 * previous page, so that pages neither repeat nor leave out an entry when others are added in between.
 */
final class PageToken {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** Longer than the token of any list. */
    private static final int LONGEST = 8_192;

    private PageToken() {}

    /** The token for the entries after {@code lastKey} in {@code list}. */
    static String after(PagedList list, String lastKey) {
        return ENCODER.encodeToString((list.mark() + lastKey).getBytes(StandardCharsets.UTF_8));
    }

    /** The key in the token; empty if the token does not come from this list. */
    static Optional<String> lastKey(PagedList list, String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
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
