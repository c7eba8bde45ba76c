package dev.mooring.spring.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DnsCacheTest {
    @Test
    void addressesKeptForEverOrForMinutes_areWarnedOf() {
        assertThat(DnsCache.pinned("-1")).contains("for ever");
        assertThat(DnsCache.pinned("600")).contains("for 600 s");
    }

    @Test
    void defaultAndShortTimes_areNot() {
        assertThat(DnsCache.pinned(null)).isEmpty();
        assertThat(DnsCache.pinned("5")).isEmpty();
        assertThat(DnsCache.pinned("odd")).isEmpty();
    }
}
