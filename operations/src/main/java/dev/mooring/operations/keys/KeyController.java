package dev.mooring.operations.keys;

import dev.mooring.operations.access.Caller;
import dev.mooring.operations.access.Scope;
import dev.mooring.spring.body.Answer;
import dev.mooring.spring.body.Text;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Serves {@code /ops/keys}. Only the answer to {@code POST} holds a key; no answer holds a hash. */
@RestController
@RequestMapping("/ops/keys")
final class KeyController {
    private final KeyActs acts;
    private final Set<Scope> known;

    /** {@code known} are the scopes that a key may carry. */
    KeyController(KeyActs acts, Set<Scope> known) {
        this.acts = acts;
        this.known = known;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    MadeView make(@RequestBody(required = false) byte @Nullable [] body, Caller caller) {
        return MadeView.of(acts.make(NewKey.read(body, known), caller));
    }

    @GetMapping
    KeyList list() {
        return new KeyList(acts.list().stream().map(KeyView::of).toList());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable String id, Caller caller) {
        if (Text.uuid(id).filter(one -> acts.revoke(one, caller)).isEmpty()) {
            throw KeyProblems.notFound(id);
        }
    }

    /** A new key, with its text. */
    @Answer
    record MadeView(
            UUID id,
            String name,
            List<String> scopes,
            String key,
            @Nullable Instant expiresAt,
            @Nullable Boolean stays) {
        static MadeView of(KeyActs.Made made) {
            StoredKey key = made.key();
            return new MadeView(
                    key.id(),
                    key.name(),
                    Scope.codes(key.scopes()),
                    made.text().reveal(),
                    key.expiresAt().orElse(null),
                    key.standing().stays());
        }

        /** Leaves the key out, in case some code prints an answer. */
        @Override
        public String toString() {
            return "key " + id;
        }
    }

    /** A key without its text. */
    @Answer
    record KeyView(
            UUID id,
            String name,
            List<String> scopes,
            Instant createdAt,
            String createdBy,
            @Nullable Instant expiresAt,
            @Nullable Boolean stays,
            @Nullable Instant lastUsedAt) {
        static KeyView of(StoredKey key) {
            return new KeyView(
                    key.id(),
                    key.name(),
                    Scope.codes(key.scopes()),
                    key.createdAt(),
                    key.createdBy(),
                    key.expiresAt().orElse(null),
                    key.standing().stays(),
                    key.lastUsedAt().orElse(null));
        }
    }

    @Answer
    record KeyList(List<KeyView> keys) {}
}
