package dev.mooring.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class NetworkPathTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final NetworkChecks CHECKS = NetworkChecks.of("lamp", "the lamp", "LAMP_HOST", "LAMP_CA");

    private static Diagnosis examine(TlsTrust trust, Endpoint... endpoints) throws InterruptedException {
        NetworkPath path = new NetworkPath(CHECKS, List.of(endpoints), LIMIT);
        Step.Work encrypt = round -> {
            try (Socket plain = path.connect(round)) {
                path.secure(plain, round, trust).close();
            }
        };
        Examination examination = new Examination() {
            @Override
            public String target() {
                return "lamp";
            }

            @Override
            public List<Step> steps() {
                return List.of(path.name(), path.tcp(), new Step(Layer.TLS, LIMIT, CHECKS.handshake(), encrypt));
            }

            @Override
            public void close() {}
        };
        return Examiner.examine("lamp", true, examination, Duration.ofSeconds(20));
    }

    private static TlsTrust any() {
        return new TlsTrust(TlsTrust.Verification.NOTHING, Optional.empty());
    }

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    private static String code(Diagnosis diagnosis) {
        List<Fault> faults = diagnosis.firstFault().orElseThrow().faults();
        return faults.get(faults.size() - 1).check().code();
    }

    @Test
    void name_withoutAddress_breaksTheFirstLayer() throws Exception {
        Diagnosis diagnosis = examine(any(), new Endpoint("no-such-lamp.invalid", 1));

        assertThat(code(diagnosis)).isEqualTo("lamp-name");
        assertThat(diagnosis.line()).contains("no-such-lamp.invalid has no address");
    }

    @Test
    void port_onWhichNothingListens_isRefused_andAnotherAddressIsTaken() throws Exception {
        int free;
        try (ServerSocket gone = server()) {
            free = gone.getLocalPort();
        }
        assertThat(code(examine(any(), new Endpoint("127.0.0.1", free)))).isEqualTo("lamp-refused");
        try (ServerSocket plain = server()) {
            Diagnosis diagnosis = examine(
                    any(),
                    new Endpoint("no-such-lamp.invalid", 1),
                    new Endpoint("127.0.0.1", free),
                    new Endpoint("127.0.0.1", plain.getLocalPort()));

            assertThat(diagnosis.faults())
                    .extracting(fault -> fault.check().code())
                    .startsWith("lamp-names", "lamp-addresses");
            assertThat(diagnosis.line()).contains("connected to 127.0.0.1:" + plain.getLocalPort());
        }
    }

    @Test
    void server_thatDoesNotAnswerTheHandshake_isBrokenInTime() throws Exception {
        try (ServerSocket silent = server()) {
            Diagnosis diagnosis = examine(any(), new Endpoint("127.0.0.1", silent.getLocalPort()));

            assertThat(code(diagnosis)).isEqualTo("lamp-tls-handshake");
            assertThat(diagnosis.line()).contains("does not answer the handshake");
            assertThat(diagnosis.took()).isLessThan(LIMIT.plusSeconds(2));
        }
    }

    @Test
    void authorities_thatCannotBeRead_areNamed(@TempDir Path folder) throws Exception {
        try (ServerSocket silent = server()) {
            TlsTrust trust = new TlsTrust(TlsTrust.Verification.AUTHORITY, Optional.of(folder.resolve("missing.pem")));

            assertThat(code(examine(trust, new Endpoint("127.0.0.1", silent.getLocalPort()))))
                    .isEqualTo("lamp-tls-authority");
        }
    }

    @Test
    void checks_ofTheNetwork_haveUniqueCodes_causes_andEachLayer() {
        Set<String> codes = new HashSet<>();
        for (Check check : CHECKS.all()) {
            assertThat(codes.add(check.code())).as(check.code()).isTrue();
            assertThat(check.causes()).as(check.code()).isNotEmpty();
            assertThat(check.holds()).endsWith(".");
        }
        assertThat(new Endpoint("::1", 5432)).hasToString("[::1]:5432");
        assertThat(new Cause("a", "b")).hasToString("a → b");
    }
}
