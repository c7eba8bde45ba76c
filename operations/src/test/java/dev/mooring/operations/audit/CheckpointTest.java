package dev.mooring.operations.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.settings.Secret;
import dev.mooring.settings.SecretSource;
import dev.mooring.spring.body.Mistakes;
import dev.mooring.spring.problem.ProblemException;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.7Z");
    private static final ChainLink LINK = new ChainLink(12, "ab".repeat(32));

    private final CheckpointSigner signer = signer("the key of this service");
    private final Checkpoint checkpoint = signer.sign(LINK, AT);

    @Test
    void checkpoint_isReadBackAndKnownBySignature() {
        String text = checkpoint.toString();

        assertThat(text).startsWith("v1/12/" + LINK.hash() + "/2026-01-01T00:00:00Z/");
        assertThat(Checkpoint.read(text)).contains(checkpoint);
        assertThat(signer.isSigned(checkpoint)).isTrue();
    }

    @Test
    void checkpoint_ofAnotherKeyOrWithAnotherPart_isNotSigned() {
        assertThat(signer("another key altogether").isSigned(checkpoint)).isFalse();
        assertThat(signer.isSigned(with(new ChainLink(13, LINK.hash()), checkpoint.at())))
                .isFalse();
        assertThat(signer.isSigned(with(new ChainLink(12, "cd".repeat(32)), checkpoint.at())))
                .isFalse();
        assertThat(signer.isSigned(with(LINK, checkpoint.at().plusSeconds(1)))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1/1/2/3/4",
                "v2/12/abababababababababababababababababababababababababababababababab/2026-01-01T00:00:00Z/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "v1/12/abababababababababababababababababababababababababababababababab/2026-13-01T00:00:00Z/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void text_thatIsNoCheckpoint_isRefusedWithItsField(String text) {
        assertThat(Checkpoint.read(text)).isEmpty();
        Mistakes mistakes = new Mistakes();

        NotedLink.read(null, null, text, Optional.of(signer), mistakes);

        assertThat(refused(mistakes)).isTrue();
    }

    @Test
    void checkpoint_withoutAKeyHere_isRefusedRatherThanBelieved() {
        Mistakes mistakes = new Mistakes();

        NotedLink noted = NotedLink.read(null, null, checkpoint.toString(), Optional.empty(), mistakes);

        assertThat(refused(mistakes)).isTrue();
        assertThat(noted.link()).isEmpty();
    }

    @Test
    void checkpoint_thatIsForged_isAFindingAndNotBelieved() {
        Mistakes mistakes = new Mistakes();
        String forged = signer("another key altogether").sign(LINK, AT).toString();

        NotedLink noted = NotedLink.read(null, null, forged, Optional.of(signer), mistakes);
        NotedLink ours = NotedLink.read(null, null, checkpoint.toString(), Optional.of(signer), mistakes);

        assertThat(refused(mistakes)).isFalse();
        assertThat(noted.finding().map(ChainFinding::kind)).contains(ChainFinding.Kind.NOT_SIGNED);
        assertThat(noted.link()).isEmpty();
        assertThat(ours).isEqualTo(new NotedLink(Optional.of(LINK), Optional.empty()));
    }

    private Checkpoint with(ChainLink link, Instant at) {
        return new Checkpoint(link, at, checkpoint.signature());
    }

    private static boolean refused(Mistakes mistakes) {
        return Assertions.catchThrowable(mistakes::refuseIfAny) instanceof ProblemException;
    }

    private static CheckpointSigner signer(String key) {
        return new CheckpointSigner(SecretSource.fixed(Secret.of(key)));
    }
}
