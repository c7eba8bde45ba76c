package dev.mooring.redis.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.settings.DependencySettings;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.SettingProblem;
import dev.mooring.settings.SettingSource;
import dev.mooring.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisVariablesTest {
    private static final SettingCatalog CATALOG = SettingCatalog.of(
                    RedisVariables.REDIS, DependencySettings.HEALTH, DependencySettings.BREAKERS)
            .withDependencies("redis");

    @Test
    void nothingSet_isNoRedis() {
        assertThat(read(Map.of())).isEmpty();
        assertThat(read(Map.of("REDIS_ENABLED", "false"))).isEmpty();
    }

    @Test
    void hostAlone_hasTheDefaults() {
        RedisSettings settings = read(Map.of("REDIS_HOST", "redis")).orElseThrow();
        assertThat(settings).isEqualTo(RedisSettings.at("redis", new Topology.Standalone(new Node("redis", 6379))));
        assertThat(settings.enabled()).isTrue();
        assertThat(settings.breaker().failures()).isEqualTo(3);
        assertThat(settings.connect()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.command()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.sessions()).isEqualTo(8);
    }

    @Test
    void everySetting_reachesTheRedis() {
        RedisSettings settings = read(Map.ofEntries(
                        Map.entry("REDIS_ENABLED", "false"),
                        Map.entry("REDIS_HOST", "redis"),
                        Map.entry("REDIS_PORT", "6380"),
                        Map.entry("REDIS_USERNAME", "registry"),
                        Map.entry("REDIS_PASSWORD", "s3cr3t"),
                        Map.entry("REDIS_DATABASE", "3"),
                        Map.entry("REDIS_TLS", "true"),
                        Map.entry("REDIS_CONNECT_TIMEOUT", "1.5"),
                        Map.entry("REDIS_COMMAND_TIMEOUT", "0.25"),
                        Map.entry("REDIS_POOL_MAX", "4"),
                        Map.entry("REDIS_CB_FAILURE_THRESHOLD", "9"),
                        Map.entry("REDIS_HEALTH_CHECK_TIMEOUT", "20")))
                .orElseThrow();
        assertThat(settings.enabled()).isFalse();
        assertThat(settings.topology()).hasToString("redis:6380");
        assertThat(settings.username()).contains("registry");
        assertThat(settings.password().orElseThrow().current().reveal()).isEqualTo("s3cr3t");
        assertThat(settings.database()).isEqualTo(3);
        assertThat(settings.tls()).isTrue();
        assertThat(settings.connect()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(settings.command()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.sessions()).isEqualTo(4);
        assertThat(settings.breaker().failures()).isEqualTo(9);
        assertThat(settings.timing().timeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.toString()).doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @CsvSource({
        "redis://redis,redis:6379,,,0,false",
        "redis://redis/,redis:6379,,,0,false",
        "redis://redis:6380/2,redis:6380,,,2,false",
        "REDISS://redis,redis:6379,,,0,true",
        "redis://:p%40ss@redis,redis:6379,,p@ss,0,false",
        "redis://ada:p+s@[::1]:6380/1,[::1]:6380,ada,p+s,1,false"
    })
    void uri_saysAll(String uri, String node, String user, String password, int database, boolean tls) {
        RedisSettings settings = read(Map.of("REDIS_URL", uri)).orElseThrow();
        assertThat(settings.topology()).hasToString(node);
        assertThat(settings.username()).isEqualTo(Optional.ofNullable(user));
        assertThat(settings.password().map(source -> source.current().reveal()))
                .isEqualTo(Optional.ofNullable(password));
        assertThat(settings.database()).isEqualTo(database);
        assertThat(settings.tls()).isEqualTo(tls);
    }

    @Test
    void variableOfItsOwn_overrulesThePartOfTheUri() {
        RedisSettings settings = read(Map.of(
                        "REDIS_URL", "redis://ada:one@redis:6380/1", "REDIS_PASSWORD", "two", "REDIS_PORT", "6381"))
                .orElseThrow();
        assertThat(settings.topology()).hasToString("redis:6381");
        assertThat(settings.password().orElseThrow().current().reveal()).isEqualTo("two");
    }

    @Test
    void nodes_areAClusterOrSentinels() {
        assertThat(read(Map.of("REDIS_NODES", "a:7000, b,[::1]:7001"))
                        .orElseThrow()
                        .topology())
                .isEqualTo(
                        new Topology.Cluster(List.of(new Node("a", 7000), new Node("b", 6379), new Node("::1", 7001))))
                .hasToString("cluster a:7000, b:6379, [::1]:7001");
        assertThat(read(Map.of("REDIS_NODES", "a,b:1", "REDIS_SENTINEL_MASTER", "main"))
                        .orElseThrow()
                        .topology())
                .isEqualTo(new Topology.Sentinel("main", List.of(new Node("a", 26379), new Node("b", 1))))
                .hasToString("primary main of the Sentinels a:26379, b:1");
    }

    @ParameterizedTest
    @CsvSource({
        "redis://s3cr3t@redis",
        "redis://ada:s3cr3t@redis:99999",
        "redis://:s3%cr3t@redis",
        "redis://:s3cr3t@redis/zero",
        "redis://:s3cr3t@redis/4000",
        "redis://:s3cr3t@redis?db=1",
        "http://:s3cr3t@redis",
        "s3cr3t@redis:6379",
        "redis://:s3cr3t@",
        "redis://"
    })
    void badUri_isOneLineWithoutTheSecret(String uri) {
        assertThat(problems(Map.of("REDIS_URL", uri))).singleElement().satisfies(line -> assertThat(line)
                .startsWith("REDIS_URL ")
                .contains("; expected an address such as redis://user")
                .doesNotContain("s3cr3t")
                .doesNotContain("cr3t")
                .doesNotContain("\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REDIS_HOST=a b | REDIS_HOST is \"a b\"; expected a host name or an address",
                "REDIS_NODES=a:b | REDIS_NODES is \"a:b\"; expected a list of host:port, separated by commas",
                "REDIS_HOST=a REDIS_COMMAND_TIMEOUT=0 | REDIS_COMMAND_TIMEOUT is \"0\"; expected",
                "REDIS_HOST=a REDIS_CONNECT_TIMEOUT=soon | REDIS_CONNECT_TIMEOUT is \"soon\"; expected",
                "REDIS_HOST=a REDIS_POOL_MAX=0 | REDIS_POOL_MAX is \"0\"; expected",
                "REDIS_HOST=a REDIS_PORT=70000 | REDIS_PORT is \"70000\"; expected",
                "REDIS_HOST=a REDIS_DATABASE=-1 | REDIS_DATABASE is \"-1\"; expected",
                "REDIS_HOST=a REDIS_TLS=perhaps | REDIS_TLS is \"perhaps\"; expected",
                "REDIS_HOST=a REDIS_TLS=true REDIS_CA_FILE=/none | REDIS_CA_FILE is \"/none\"; expected a file with certificates (PEM)",
                "REDIS_ENABLED=true | REDIS_ENABLED is \"true\"; expected false, because neither REDIS_URL nor REDIS_HOST nor REDIS_NODES is set",
                "REDIS_HOST=a REDIS_NODES=b | REDIS_NODES is \"b\"; expected nothing, because REDIS_HOST names one server",
                "REDIS_URL=redis://a REDIS_NODES=b | REDIS_NODES is \"b\"; expected nothing, because REDIS_URL names one server",
                "REDIS_HOST=a REDIS_SENTINEL_MASTER=m | REDIS_SENTINEL_MASTER is \"m\"; expected REDIS_NODES beside it",
                "REDIS_NODES=a REDIS_SENTINEL_PASSWORD=s3cr3t | REDIS_SENTINEL_PASSWORD",
                "REDIS_NODES=a REDIS_DATABASE=1 | REDIS_DATABASE is \"1\"; expected 0, because a cluster has no other database",
                "REDIS_HOST=a REDIS_USERNAME=u | REDIS_USERNAME is \"u\"; expected REDIS_PASSWORD beside it",
                "REDIS_HOST=a REDIS_CA_FILE=PEM | REDIS_CA_FILE is"
            })
    void badValue_isOneLine(String variables, String line, @TempDir Path folder) throws Exception {
        Path pem = Files.writeString(folder.resolve("ca.pem"), "x");
        Map<String, String> environment = java.util.Arrays.stream(variables.split(" (?=REDIS)"))
                .map(one -> one.split("=", 2))
                .collect(java.util.stream.Collectors.toMap(
                        one -> one[0], one -> one[1].equals("PEM") ? pem.toString() : one[1]));
        assertThat(problems(environment))
                .singleElement()
                .asString()
                .startsWith(line)
                .doesNotContain("s3cr3t");
    }

    @Test
    void variableOfKubernetes_isNoPort() {
        assertThat(read(Map.of("REDIS_HOST", "redis", "REDIS_PORT", "tcp://10.0.0.1:6379"))
                        .orElseThrow()
                        .topology())
                .hasToString("redis:6379");
    }

    private static List<String> problems(Map<String, String> environment) {
        try {
            read(environment);
            return List.of();
        } catch (InvalidSettingsException mistakes) {
            return mistakes.problems().stream().map(SettingProblem::message).toList();
        }
    }

    private static Optional<RedisSettings> read(Map<String, String> environment) {
        Settings settings = Settings.of(SettingSource.environment(environment), CATALOG);
        settings.check();
        return RedisVariables.read(settings);
    }

    @Test
    void recordsInCode_refuseWhatCannotBe() {
        Topology one = new Topology.Standalone(new Node("redis", 6379));
        assertThatThrownBy(() -> new Node("redis", 0))
                .hasMessage("expected a host and a port from 1 to 65535, got redis:0");
        assertThatThrownBy(() -> new Topology.Cluster(List.of())).hasMessage("expected at least one node");
        assertThat(RedisSettings.at("cache", one).name()).isEqualTo("cache");
    }
}
