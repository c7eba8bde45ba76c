package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.registry.RegistrySettings;
import dev.mooring.settings.Settings;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceUrlTest {
    @ParameterizedTest
    @CsvSource({"0.0.0.0,' (on all addresses)'", "'::',' (on all addresses)'", "127.0.0.1,''", "10.0.0.7,''"})
    void address_saysWhetherThereAreOthers(String bound, String others) {
        Settings settings = ServiceConfiguration.read(
                Map.of("DATABASE_HOST", "db", "BIND_ADDRESS", bound), RegistrySettings.CATALOG);

        assertThat(ServiceUrl.others(settings)).isEqualTo(others);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,false,every call is allowed", "0.0.0.0,false,operations need a key", "0.0.0.0,true,''"})
    void readyLine_saysWhatIsOpenWithoutAKey(String bound, String keys, String words) {
        Settings settings = ServiceConfiguration.read(
                Map.of("DATABASE_HOST", "db", "BIND_ADDRESS", bound, "AUTH_ENABLED", keys), RegistrySettings.CATALOG);

        assertThat(ReadyLine.openTo(settings)).endsWith(words);
    }
}
