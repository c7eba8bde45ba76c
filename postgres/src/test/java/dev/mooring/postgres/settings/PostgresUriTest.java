package dev.mooring.postgres.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUriTest {
    private static PostgresSettings read(String uri) {
        Settings settings = Settings.ofEnvironment(Map.of("DATABASE_URL", uri));
        PostgresSettings read = PostgresSettings.from(settings);
        settings.orThrow();
        return read;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://clerk:marked@secret@db.internal/models",
                "postgresql://clerk:marked/secret@db.internal/models",
                "postgresql://clerk:12/secret@db.internal/models",
                "postgresql://clerk:marked?secret@db.internal/models",
                "postgresql://clerk:12?secret=secret@db.internal/models",
                "postgresql://clerk:12?user=secret@db.internal/models",
                "postgresql://clerk:12#secret@db.internal/models",
                "postgresql://clerk:marked#secret@db.internal/models",
                "postgresql://clerk:/secret@db.internal/models",
                "postgresql://clerk:marked%secret@db.internal/models",
                "postgresql://clerk:marked%E4secret@db.internal/models",
                "postgresql://clerk:secret@one,clerk:secret@two/models",
                "JDBC:POSTGRESQL://clerk:12/secret@db.internal/models",
                "jdbc:postgresql://db.internal/models?user=clerk&password=marked@secret",
            })
    void password_thatCouldEndAtTwoPlaces_isRefusedAndNotShown(String uri) {
        Settings settings = Settings.ofEnvironment(Map.of("DATABASE_URL", uri));

        assertThatThrownBy(() -> PostgresSettings.from(settings))
                .hasMessageStartingWith("DATABASE_URL ")
                .hasMessageContaining("percent-encode special characters of the password")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("marked")
                .hasMessageNotContaining("clerk");
        assertThat(settings.find(DatabaseSettings.DATABASE.url())).isEmpty();
        assertThat(settings.inForce(DatabaseSettings.DATABASE.host()).shown()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"password=marked&secret", "sslpassword=marked&secret=x&sslmode=require"})
    void passwordInAParameter_thatCouldEndAtTwoPlaces_isRefusedAndNotShown(String query) {
        assertThatThrownBy(() -> read("jdbc:postgresql://db.internal/models?user=clerk&" + query))
                .hasMessageContaining("percent-encode special characters of the password")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("marked");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            POSTGRESQL://clerk:s3@db:6432/models                     | db:6432             | clerk    | models
            Jdbc:PostgreSQL://db/models?user=clerk                   | db:5432             | clerk    | models
            jdbc:postgresql:models                                   | localhost:5432      | postgres | models
            jdbc:postgresql:/models                                  | localhost:5432      | postgres | models
            jdbc:postgresql:models?user=clerk&ssl=false              | localhost:5432      | clerk    | models
            postgresql:///models                                     | localhost:5432      | postgres | models
            postgresql://:6432/models                                | localhost:6432      | postgres | models
            postgresql://clerk@/models?host=db&port=6432             | db:6432             | clerk    | models
            postgresql://db?dbname=models                            | db:5432             | postgres | models
            postgresql://[::1]:6432/models                           | [::1]:6432          | postgres | models
            postgresql://clerk:s3@[2001:DB8::7]/models               | [2001:DB8::7]:5432  | clerk    | models
            postgresql://[fe80::1%25eth0]:1/models                   | [fe80::1%eth0]:1    | postgres | models
            postgresql://one:1111,[::1]:2222,three/models            | one:1111,[::1]:2222,three:5432 | postgres | models
            jdbc:postgresql://db/models?user=clerk@server&password=x | db:5432             | clerk@server | models
            postgresql://cl%40erk:a%2Fb@db/mo%2Fdels                 | db:5432             | cl@erk   | mo/dels
            """)
    void uri_inEachForm_givesItsParts(String uri, String address, String user, String database) {
        PostgresSettings settings = read(uri);

        assertThat(settings.server().address()).hasToString(address);
        assertThat(settings.login().user()).isEqualTo(user);
        assertThat(settings.login().database()).isEqualTo(database);
    }

    @Test
    void address_withAPort_isShownOnce() {
        Settings settings = Settings.ofEnvironment(Map.of("DATABASE_URL", "postgresql://127.0.0.1:25901/models"));

        assertThat(DatabaseSettings.DATABASE.address(settings)).hasToString("127.0.0.1:25901");
        assertThat(settings.get(DatabaseSettings.DATABASE.host())).hasToString("127.0.0.1");
        assertThat(settings.get(DatabaseSettings.DATABASE.port())).isEqualTo(25901);
        Settings separate = Settings.ofEnvironment(
                Map.of("DATABASE_HOST", "127.0.0.1:25901", "DATABASE_PORT", "5432", "DATABASE_NAME", "models"));
        assertThat(DatabaseSettings.DATABASE.address(separate)).hasToString("127.0.0.1:25901");
    }

    @Test
    void parameters_thatBelongToASetting_setIt() {
        PostgresSettings settings = read("postgresql://db/models?connect_timeout=7&socketTimeout=40&keepalives=1"
                + "&keepalives_idle=60&keepalives_interval=5&keepalives_count=4&fallback_application_name=shop"
                + "&require_auth=scram-sha-256&sslmode=VERIFY-CA&client_encoding=utf8&gssencmode=disable"
                + "&prepareThreshold=0");

        assertThat(settings.limits().connect()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.limits().socket()).isEqualTo(Duration.ofSeconds(40));
        assertThat(settings.keepAlive()).isEqualTo(new KeepAlive(Duration.ofSeconds(60), Duration.ofSeconds(5), 4));
        assertThat(settings.login().applicationName()).isEqualTo("shop");
        assertThat(settings.login().requireAuth()).contains("scram-sha-256");
        assertThat(settings.server().sslMode()).isEqualTo(SslMode.VERIFY_CA);
        assertThat(settings.pooler().prepareThreshold()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "application_name=shop,shop",
        "ApplicationName=shop&fallback_application_name=other,shop",
        "fallback_application_name=other,other"
    })
    void applicationName_inEachSpelling_isUsed(String query, String name) {
        assertThat(read("postgresql://db/models?" + query).login().applicationName())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "ssl=true,VERIFY_FULL",
        "ssl,VERIFY_FULL",
        "ssl=false,DISABLE",
        "ssl=require,REQUIRE",
        "ssl=true&sslmode=require,REQUIRE",
        "sslrootcert=system,VERIFY_FULL"
    })
    void ssl_inTheWordsOfOtherClients_isAMode(String query, SslMode mode) {
        assertThat(read("postgresql://db/models?" + query).server().sslMode()).isEqualTo(mode);
    }

    @Test
    void parameters_ofTheDriver_areThereInItsSpelling() {
        Map<String, String> parameters = read("postgresql://db/models?target_session_attrs=read-write"
                        + "&channel_binding=require&currentSchema=shop&options=-c%20work_mem%3D8MB%20--jit=off"
                        + "&reWriteBatchedInserts=true&defaultRowFetchSize=100&sslnegotiation=direct")
                .server()
                .parameters();

        assertThat(parameters)
                .containsOnly(
                        Map.entry("targetServerType", "primary"),
                        Map.entry("channelBinding", "require"),
                        Map.entry("currentSchema", "shop"),
                        Map.entry("options", "-c work_mem=8MB --jit=off"),
                        Map.entry("reWriteBatchedInserts", "true"),
                        Map.entry("defaultRowFetchSize", "100"),
                        Map.entry("sslNegotiation", "direct"));
    }

    @Test
    void addressOfTheServerItself_behindAPooler_hasTheSameEncryptionAndParameters() {
        Map<String, String> variables = Map.of(
                "DATABASE_URL",
                        "postgresql://pooler:6432/models?sslmode=verify-full&sslrootcert=system&stringtype=varchar",
                "DATABASE_DIRECT_HOST", "db");

        PostgresSettings direct =
                PostgresSettings.from(Settings.ofEnvironment(variables)).direct();

        assertThat(direct.server().address()).hasToString("db:5432");
        assertThat(direct.server().sslMode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(direct.server().rootCertificates()).contains(Path.of("system"));
        assertThat(direct.server().parameters()).containsOnly(Map.entry("stringtype", "varchar"));
    }

    @Test
    void parameters_asASetting_overrideThoseOfTheUri() {
        Map<String, String> variables = Map.of(
                "DATABASE_URL", "postgresql://db/models?currentSchema=shop",
                "DATABASE_PARAMETERS", "options=-c%20work_mem%3D8MB&stringtype=unspecified");

        assertThat(PostgresSettings.from(Settings.ofEnvironment(variables))
                        .server()
                        .parameters())
                .containsOnly(Map.entry("options", "-c work_mem=8MB"), Map.entry("stringtype", "unspecified"));
    }

    @Test
    void parameter_inCode_isCheckedToo() {
        PostgresSettings settings = PostgresSettings.at("db", 5432, "models");

        assertThat(settings.server(server -> server.parameter("currentSchema", "my shop & co"))
                        .server()
                        .parameters())
                .containsEntry("currentSchema", "my shop & co");
        assertThatThrownBy(() -> settings.server(server -> server.parameter("socketFactory", "x")))
                .hasMessageContaining("database.parameters is \"socketFactory=x\"; expected parameters as in a URI")
                .hasMessageContaining("currentSchema");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            passfile=/home/x            | no parameter passfile; accepted are ApplicationName, autosave, channelBinding
            hostaddr=10.0.0.1           | no parameter hostaddr
            socketFactory=x             | no parameter socketFactory
            loginTimeout=3              | no parameter loginTimeout
            readOnly=true               | no parameter readOnly
            sslfactory=x                | no parameter sslfactory
            sslmode=maybe               | a parameter sslmode that is one of disable, allow
            ssl=perhaps                 | a parameter ssl that is true, false or an sslmode
            ssl=true&sslmode=disable    | a parameter ssl that is true, false or an sslmode, and no other than sslmode
            connect_timeout=soon        | a parameter connect_timeout that is whole seconds, at least 1
            connectTimeout=0            | a parameter connectTimeout that is whole seconds, at least 1
            keepalives=0                | a parameter keepalives that is one of true, 1
            gssencmode=require          | a parameter gssencmode that is one of disable
            channel_binding=maybe       | a parameter channel_binding that is one of disable, prefer, require
            target_session_attrs=best   | a parameter target_session_attrs that is one of any, primary
            target_session_attrs=standby | a parameter target_session_attrs that is one of any, primary, read-write
            target_session_attrs=read-only | a parameter target_session_attrs that is one of any, primary, read-write
            targetServerType=secondary  | a parameter targetServerType that is one of any, primary, read-write
            targetServerType=preferSecondary | a parameter targetServerType that is one of any, primary
            prepareThreshold=often      | a parameter prepareThreshold that is a whole number
            prepareThreshold=-1         | a parameter prepareThreshold that is a whole number
            prepareThreshold=5000       | DATABASE_URL sets DATABASE_PREPARE_THRESHOLD to "5000"; expected a whole number
            keepalives_count=0          | DATABASE_URL sets DATABASE_KEEPALIVE_COUNT to "0"; expected a whole number from 1
            require_auth=md5,md5        | DATABASE_URL sets DATABASE_REQUIRE_AUTH to "md5,md5"; expected any, or a list
            options=-c default_transaction_isolation=serializable | a parameter options that is session settings
            options=-c statement_timeout=1s | a parameter options that is session settings as -c name=value
            options=-c tcp_keepalives_idle=60 | a parameter options that is session settings as -c name=value
            options=--TimeZone=UTC      | a parameter options that is session settings as -c name=value
            options=geqo                | a parameter options that is session settings as -c name=value
            application_name            | a parameter application_name that is not empty
            sslmode=require&sslmode=disable | only one value for the parameter sslmode
            connect_timeout=3&connectTimeout=5 | only one value for the parameter connectTimeout
            dbname=other                | only one value for the parameter dbname
            require_auth=magic          | DATABASE_URL sets DATABASE_REQUIRE_AUTH to "magic"; expected any, or a list
            require_auth=md5,!password  | DATABASE_URL sets DATABASE_REQUIRE_AUTH to "md5,!password"; expected any, or a list
            connect_timeout=4000        | DATABASE_URL sets DATABASE_CONNECT_TIMEOUT to "4000s"
            sslrootcert=/no/such/pem    | DATABASE_URL sets DATABASE_SSLROOTCERT to "/no/such/pem"; expected a readable file
            channelBinding=require&ssl=false | no channelBinding=require without TLS
            sslnegotiation=direct&sslmode=prefer | sslNegotiation=direct only where DATABASE_SSLMODE is require or better
            """)
    void parameter_withoutAnEffect_endsTheStartWithItsName(String query, String message) {
        assertThatThrownBy(() -> read("postgresql://clerk:s3cret@db/models?" + query.replace(" ", "%20")))
                .hasMessageContaining(message)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void parameter_whoseNameIsNone_isRefusedWithoutIt() {
        assertThatThrownBy(() -> read("postgresql://db/models?sec+ret=1"))
                .hasMessageContaining("DATABASE_URL is \"postgresql://db/models?…\"")
                .hasMessageNotContaining("sec+ret");
    }
}
