package dev.mooring.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingFamilyTest {
    private static final SettingFamily<Integer> THRESHOLD = SettingFamily.of(
                    Setting.integer("cb.failure-threshold").defaultsTo(5))
            .exceptFor("redis", 3);

    @Test
    void dependency_withADefaultOfItsOwn_hasIt_andTheOthersHaveTheCommonOne() {
        assertThat(THRESHOLD.of("redis").fixedDefault()).contains(3);
        assertThat(THRESHOLD.of("database").fixedDefault()).contains(5);
    }

    @Test
    void member_namesTheDefaultsThatDiffer() {
        assertThat(THRESHOLD.member().defaultInWords()).contains("5; 3 for REDIS");
    }
}
