package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A password that is easy to find must not show, in each kind of failure and with all logs at their finest level. */
@Tag("server")
@Timeout(60)
class SecretsTest {
    @AutoClose
    private final TestPostgres server = Rig.server();

    @Test
    void failures_ofEveryKind_neverShowAPassword() throws Exception {
        StringWriter said = new StringWriter();
        java.util.logging.Handler driver = new java.util.logging.StreamHandler(
                new java.io.OutputStream() {
                    @Override
                    public void write(int b) {
                        said.write(b);
                    }
                },
                new java.util.logging.SimpleFormatter());
        driver.setLevel(Level.ALL);
        Logger pgjdbc = Logger.getLogger("org.postgresql");
        pgjdbc.addHandler(driver);
        pgjdbc.setLevel(Level.ALL);
        try (Logged logged = Logged.everything()) {
            String uri = "postgresql://registry:wrong-marker-pw@127.0.0.1:" + server.port() + "/mlflow_db";
            provokeAtOnce(
                    said,
                    Map.of(),
                    Map.of("DATABASE_PASSWORD", "wrong-marker-pw"),
                    Map.of("DATABASE_URL", uri, "DATABASE_PASSWORD", ""),
                    Map.of("DATABASE_NAME", "missing"),
                    Map.of("DATABASE_SSLMODE", "require"));
            logged.lines().forEach(said::write);
        } finally {
            pgjdbc.removeHandler(driver);
            pgjdbc.setLevel(null);
            driver.flush();
        }
        assertThat(said.toString()).contains("registry").contains("password authentication failed");
        assertThat(said.toString()).doesNotContain("marker-pw");
    }

    /** They wait most of their time. */
    @SafeVarargs
    private void provokeAtOnce(StringWriter said, Map<String, String>... settings) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(settings.length);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (Map<String, String> each : settings) {
                all.add(threads.submit(() -> {
                    provoke(each, said);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(50, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void provoke(Map<String, String> settings, StringWriter said) throws Exception {
        try (Rig rig = Rig.on(server, settings)) {
            await().until(() ->
                    rig.mooring.health().ready() || rig.health().lastFailure().isPresent());
            call(rig, said);
            rig.proxy.inject(Fault.refuse());
            await().until(() -> !rig.mooring.health().ready());
            call(rig, said);
            said.write(rig.mooring.health().toString());
            said.write(rig.events.toString());
            try {
                rig.postgres.startupWait().run();
            } catch (SQLException refused) {
                refused.printStackTrace(new PrintWriter(said, true));
            }
        }
    }

    private static void call(Rig rig, StringWriter said) {
        try {
            rig.query("select 1");
        } catch (SQLException refused) {
            refused.printStackTrace(new PrintWriter(said, true));
        }
    }
}
