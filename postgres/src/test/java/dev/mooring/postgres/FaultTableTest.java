package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.diagnosis.Diagnosis;
import dev.mooring.diagnosis.Examination;
import dev.mooring.diagnosis.Examiner;
import dev.mooring.diagnosis.Layer;
import dev.mooring.testing.diagnosis.FaultRow;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.Direction;
import dev.mooring.testing.proxy.Fault;
import dev.mooring.testing.proxy.FaultProxy;
import dev.mooring.testing.tls.Authority;
import dev.mooring.testing.tls.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The table of faults of PostgreSQL: each row breaks one layer of a real server for real, and the remedy of its check heals it. */
@Tag("server")
@Timeout(120)
class FaultTableTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final String USER = Rig.USER;
    private static final String NAME = "mlflow_db";
    private static final String ROLE = "alter role " + USER + " ";

    @TempDir
    private static Path folder;

    private static TestPostgres server;
    private static FaultProxy proxy;
    private static Authority authority;
    private static String wellKnown;
    /** The settings of the next examination; the tests of one factory run one after the other. */
    private static final Map<String, String> ENVIRONMENT = new HashMap<>();

    @BeforeAll
    static void start() throws Exception {
        authority = Authority.in(folder);
        Path rules = Files.writeString(folder.resolve("pg_hba.conf"), """
                hostssl all tlsonly 127.0.0.1/32 scram-sha-256
                hostnossl all tlsonly 127.0.0.1/32 reject
                host all clear 127.0.0.1/32 password
                host all stranger 127.0.0.1/32 reject
                host postgres,mlflow_db,shelf,later,closed,never,foreign_db,replication,template1 all 127.0.0.1/32 scram-sha-256
                host all postgres 127.0.0.1/32 scram-sha-256
                """);
        server = TestPostgres.builder()
                .tls()
                .settingFile("hba_file", rules)
                .maxConnections(40)
                .setting("fsync", "on")
                .setting("full_page_writes", "on")
                .start();
        Rig.prepare(server);
        for (String role : List.of("tlsonly", "clear", "stranger")) {
            server.admin().createRole(role, Rig.PASSWORD);
            server.admin().execute("grant create on database " + NAME + " to " + role);
        }
        wellKnown = authority.issue("-1d", 90, "dns:localhost,ip:127.0.0.1");
        present(wellKnown);
        proxy = FaultProxy.to(server.host(), server.port());
        reset();
    }

    @AfterAll
    static void stop() {
        proxy.close();
        server.close();
    }

    @BeforeEach
    void begin() {
        reset();
    }

    private static void reset() {
        ENVIRONMENT.clear();
        ENVIRONMENT.putAll(Rig.environment(proxy.port()));
    }

    /** Sets variables without their prefix {@code DATABASE_}. */
    private static FaultRow.Act set(String... pairs) {
        return () -> {
            reset();
            for (int i = 0; i < pairs.length; i += 2) {
                ENVIRONMENT.put("DATABASE_" + pairs[i], pairs[i + 1]);
            }
        };
    }

    private static FaultRow.Act sql(String... statements) {
        return () -> {
            for (String statement : statements) {
                server.admin().execute(NAME, statement);
            }
        };
    }

    /** Makes the server present this certificate. */
    private static void present(String certificate) throws Exception {
        Files.writeString(Path.of(server.admin().ask("postgres", "show ssl_key_file")), authority.key());
        Files.writeString(Path.of(server.admin().ask("postgres", "show ssl_cert_file")), certificate);
        server.admin().execute("select pg_reload_conf()");
    }

    private static Examination examination() {
        return Postgres.examination(Rig.settings(ENVIRONMENT), LIMIT);
    }

    private static Stream<DynamicTest> tests(FaultRow... rows) {
        return Stream.of(rows)
                .map(row -> DynamicTest.dynamicTest(row.fault(), () -> row.prove(FaultTableTest::examination, LIMIT)));
    }

    @TestFactory
    Stream<DynamicTest> network_brokenInEachWay_isFoundAndHealed() {
        return tests(
                FaultRow.of(Layer.NAME, "postgres-name", set("HOST", "no-such-host.invalid"), set()),
                FaultRow.of(
                        Layer.NAME,
                        "postgres-names",
                        set("HOST", "no-such-host.invalid,127.0.0.1"),
                        set("HOST", "127.0.0.1")),
                FaultRow.of(Layer.TCP, "postgres-refused", () -> proxy.inject(Fault.refuse()), () -> proxy.heal()),
                FaultRow.of(Layer.TCP, "postgres-reachable", () -> proxy.inject(Fault.blackHole()), () -> proxy.heal()),
                FaultRow.of(
                        Layer.TCP,
                        "postgres-addresses",
                        set("HOST", "127.0.0.9:" + proxy.port() + ",127.0.0.1:" + proxy.port()),
                        set("HOST", "127.0.0.1")),
                FaultRow.of(Layer.TLS, "postgres-answer", () -> server.freeze(), () -> server.thaw())
                        .called("frozen server"),
                FaultRow.of(Layer.TLS, "postgres-answer", () -> proxy.inject(Fault.silence()), () -> proxy.heal())
                        .called("silent network"),
                FaultRow.of(
                        Layer.LOG_IN,
                        "postgres-log-in-lost",
                        () -> {
                            set("SSLMODE", "disable").run();
                            proxy.inject(Fault.cutAfter(5, Direction.SERVER_TO_CLIENT));
                        },
                        () -> {
                            proxy.heal();
                            reset();
                        }));
    }

    @TestFactory
    Stream<DynamicTest> otherServer_onThePort_isFoundAndHealed() throws IOException {
        return Stream.of("H", "")
                .map(answer -> DynamicTest.dynamicTest("answer '" + answer + "'", () -> {
                    try (ServerSocket other = answering(answer)) {
                        String port = String.valueOf(other.getLocalPort());
                        FaultRow.of(
                                        Layer.TLS,
                                        answer.isEmpty() ? "postgres-hang-up" : "postgres-greeting",
                                        set("PORT", port),
                                        set())
                                .prove(FaultTableTest::examination, LIMIT);
                    }
                }));
    }

    private static ServerSocket answering(String answer) throws IOException {
        ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            while (!other.isClosed()) {
                try (Socket client = other.accept()) {
                    client.getInputStream().readNBytes(8);
                    client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException ended) {
                    // The test closes the server, or the client its connection.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return other;
    }

    @TestFactory
    Stream<DynamicTest> tls_brokenInEachWay_isFoundAndHealed() {
        String trusted = authority.certificate().toString();
        Path stranger = SelfSigned.in(folder).certificate();
        return tests(
                FaultRow.of(
                        Layer.TLS,
                        "postgres-tls-offered",
                        () -> {
                            set("SSLMODE", "require").run();
                            server.admin().execute("alter system set ssl = off");
                            server.admin().execute("select pg_reload_conf()");
                        },
                        () -> {
                            server.admin().execute("alter system set ssl = on");
                            server.admin().execute("select pg_reload_conf()");
                        }),
                FaultRow.of(
                        Layer.TLS,
                        "postgres-tls-authority",
                        set("SSLMODE", "verify-ca", "SSLROOTCERT", stranger.toString()),
                        set("SSLMODE", "verify-ca", "SSLROOTCERT", trusted)),
                FaultRow.of(
                        Layer.TLS,
                        "postgres-tls-dates",
                        () -> {
                            set("HOST", "localhost", "SSLMODE", "verify-full", "SSLROOTCERT", trusted)
                                    .run();
                            present(authority.issue("-60d", 30, "dns:localhost"));
                        },
                        () -> present(wellKnown)),
                FaultRow.of(
                                Layer.TLS,
                                "postgres-tls-dates",
                                () -> present(authority.issue("+1d", 30, "dns:localhost")),
                                () -> present(wellKnown))
                        .because("clock is wrong", "made for a later time")
                        .called("certificate of tomorrow"),
                FaultRow.of(
                        Layer.TLS,
                        "postgres-tls-name",
                        () -> present(authority.issue("-1d", 90, "dns:other.internal")),
                        () -> present(wellKnown)),
                FaultRow.of(
                        Layer.TLS,
                        "postgres-tls-expiry",
                        () -> present(authority.issue("-1d", 6, "dns:localhost")),
                        () -> present(wellKnown)),
                FaultRow.of(
                        Layer.LOG_IN,
                        "postgres-tls-demanded",
                        set("USER", "tlsonly", "SSLMODE", "disable"),
                        set("USER", "tlsonly", "SSLMODE", "require")));
    }

    @TestFactory
    Stream<DynamicTest> logIn_refusedInEachWay_isFoundAndHealed() {
        List<Connection> taken = new ArrayList<>();
        return tests(
                FaultRow.of(
                        Layer.LOG_IN,
                        "postgres-password",
                        () -> {
                            reset();
                            server.admin().changePassword(USER, "another-pw");
                        },
                        set("PASSWORD", "another-pw")),
                FaultRow.of(
                                Layer.LOG_IN,
                                "postgres-password",
                                set("USER", "nobody-knows", "PASSWORD", "another-pw"),
                                () -> {
                                    server.admin().changePassword(USER, Rig.PASSWORD);
                                    reset();
                                })
                        .called("unknown user"),
                FaultRow.of(
                        Layer.LOG_IN,
                        "postgres-auth-method",
                        set("USER", "clear", "SSLMODE", "disable"),
                        set("USER", "clear", "SSLMODE", "require")),
                FaultRow.of(Layer.LOG_IN, "postgres-hba", set("USER", "stranger"), FaultTableTest::admitStranger)
                        .because("the method reject"),
                FaultRow.of(
                                Layer.LOG_IN,
                                "postgres-hba",
                                () -> {
                                    server.admin().createDatabase("unlisted", USER);
                                    set("NAME", "unlisted").run();
                                },
                                set())
                        .because("no line", "new address")
                        .called("no line for the database"),
                FaultRow.of(
                                Layer.LOG_IN,
                                "postgres-password",
                                () -> {
                                    reset();
                                    sql(ROLE + "nologin").run();
                                },
                                sql(ROLE + "login"))
                        .because("may not log in")
                        .called("role without the right to log in"),
                FaultRow.of(
                                Layer.LOG_IN,
                                "postgres-free-connection",
                                sql("alter database " + NAME + " connection limit 0"),
                                sql("alter database " + NAME + " connection limit -1"))
                        .because("The database has a limit", "idle in transaction")
                        .called("limit of the database"),
                FaultRow.of(
                                Layer.LOG_IN,
                                "postgres-free-connection",
                                () -> {
                                    reset();
                                    sql(ROLE + "connection limit 0").run();
                                },
                                sql(ROLE + "connection limit -1"))
                        .because("The role has a limit", "idle in transaction")
                        .called("limit of the role"),
                FaultRow.of(Layer.LOG_IN, "postgres-free-connection", () -> takeAll(taken), () -> end(taken))
                        .because("larger than max_connections", "idle in transaction")
                        .called("all slots taken"));
    }

    private static void admitStranger() throws Exception {
        Path rules = Path.of(server.admin().ask("postgres", "show hba_file"));
        Files.writeString(
                rules,
                Files.readString(rules).replace("stranger 127.0.0.1/32 reject", "stranger 127.0.0.1/32 scram-sha-256"));
        server.admin().execute("select pg_reload_conf()");
    }

    private static void takeAll(List<Connection> taken) throws SQLException {
        try {
            for (int i = 0; i < 40; i++) {
                taken.add(DriverManager.getConnection(server.jdbcUrl(NAME), USER, Rig.PASSWORD));
            }
        } catch (SQLException full) {
            assertThat(full.getSQLState()).isEqualTo("53300");
        }
    }

    private static void end(List<Connection> taken) throws SQLException {
        for (Connection one : taken) {
            one.close();
        }
        taken.clear();
        await().until(() -> server.admin()
                .ask("postgres", "select count(*) from pg_stat_activity where usename = '" + USER + "'")
                .equals("0"));
    }

    @TestFactory
    Stream<DynamicTest> database_brokenInEachWay_isFoundAndHealed() {
        return tests(
                FaultRow.of(Layer.DATABASE, "postgres-database", set("NAME", "later"), () -> server.admin()
                        .createDatabase("later", USER)),
                FaultRow.of(
                        Layer.DATABASE,
                        "postgres-connect-right",
                        () -> {
                            set("NAME", "closed").run();
                            server.admin().createDatabase("closed");
                            server.admin().execute("revoke connect on database closed from public");
                        },
                        () -> {
                            server.admin().execute("grant connect on database closed to " + USER);
                            server.admin().execute("grant create on database closed to " + USER);
                        }),
                FaultRow.of(
                        Layer.DATABASE,
                        "postgres-fallback",
                        set("NAME", "never", "FALLBACK_NAME", NAME),
                        set("NAME", NAME)),
                FaultRow.of(Layer.QUERY, "postgres-writes", () -> server.makeReadOnly(), () -> server.makeWritable())
                        .because("default_transaction_read_only"),
                FaultRow.of(
                        Layer.RIGHTS,
                        "postgres-create",
                        () -> {
                            server.admin().createDatabase("foreign_db");
                            set("NAME", "foreign_db").run();
                        },
                        () -> server.admin().execute("grant create on database foreign_db to " + USER)),
                FaultRow.of(
                                Layer.RIGHTS,
                                "postgres-tables",
                                () -> {
                                    server.admin().createDatabase("shelf");
                                    server.admin().execute("shelf", "create schema mooring");
                                    server.admin().execute("shelf", "create table mooring.model (name text)");
                                    set("NAME", "shelf").run();
                                },
                                () -> {
                                    server.admin().execute("shelf", "grant usage on schema mooring to " + USER);
                                    grantTables();
                                })
                        .because("Another user created", "another user than before")
                        .called("schema of another user"),
                FaultRow.of(
                                Layer.RIGHTS,
                                "postgres-tables",
                                () -> {
                                    server.admin().execute("shelf", "alter table mooring.model owner to " + USER);
                                    server.admin().execute("shelf", "revoke insert on mooring.model from " + USER);
                                },
                                FaultTableTest::grantTables)
                        .because("A revoke took the right")
                        .called("right that the owner lost"),
                FaultRow.of(
                                Layer.RIGHTS,
                                "postgres-tables",
                                () -> server.admin().execute("shelf", "create table mooring.outbox (id int)"),
                                FaultTableTest::grantTables)
                        .because("Another user created", "another user than before")
                        .called("table of another user"));
    }

    private static void grantTables() throws SQLException {
        server.admin().execute("shelf", "grant all on all tables in schema mooring to " + USER);
    }

    @TestFactory
    Stream<DynamicTest> settings_thatDoNotFit_areFoundAndHealed() {
        List<Connection> taken = new ArrayList<>();
        String forever = String.valueOf(Security.getProperty("networkaddress.cache.ttl"));
        return tests(
                FaultRow.of(Layer.SETTINGS, "postgres-room", set("POOL_MAX", "80"), set("POOL_MAX", "20"))
                        .called("pool larger than max_connections"),
                FaultRow.of(
                                Layer.SETTINGS,
                                "postgres-room",
                                () -> {
                                    reset();
                                    sql(ROLE + "connection limit 6").run();
                                },
                                sql(ROLE + "connection limit -1"))
                        .called("pool larger than the role's limit"),
                FaultRow.of(
                        Layer.SETTINGS,
                        "postgres-durable",
                        sql(ROLE + "set synchronous_commit = off"),
                        sql(ROLE + "reset synchronous_commit")),
                FaultRow.of(
                        Layer.SETTINGS,
                        "postgres-used",
                        () -> {
                            for (int i = 0; i < 34; i++) {
                                taken.add(DriverManager.getConnection(server.jdbcUrl(NAME), USER, Rig.PASSWORD));
                            }
                        },
                        () -> end(taken)),
                FaultRow.of(
                        Layer.SETTINGS,
                        "postgres-dns-cache",
                        () -> {
                            set("HOST", "localhost").run();
                            Security.setProperty("networkaddress.cache.ttl", "-1");
                        },
                        () -> {
                            Security.setProperty("networkaddress.cache.ttl", forever.equals("null") ? "30" : forever);
                            reset();
                        }));
    }

    @Test
    void wellServer_examined_showsEvidenceOfEachLayer() throws Exception {
        set(
                        "HOST",
                        "localhost",
                        "SSLMODE",
                        "verify-full",
                        "SSLROOTCERT",
                        authority.certificate().toString())
                .run();

        Diagnosis diagnosis = Examiner.examine("database", true, examination(), Duration.ofSeconds(30));

        reset();
        assertThat(diagnosis.firstFault()).as(diagnosis.line()).isEmpty();
        assertThat(diagnosis.target()).isEqualTo("localhost:" + proxy.port() + "/mlflow_db as registry");
        assertThat(diagnosis.line())
                .contains("connected to 127.0.0.1:" + proxy.port())
                .contains("certificate CN=localhost expires in")
                .contains("logged in as registry")
                .contains("mlflow_db on PostgreSQL")
                .contains("wrote 1 MB and took it back")
                .contains("connections in use, 9 for this process")
                .doesNotContain(Rig.PASSWORD);
    }
}
