package dev.mooring.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.util.HostSpec;

class AddressesTest {
    private static final HostSpec DB = new HostSpec("db.test", 5432);
    private static final HostSpec OTHER = new HostSpec("other.test", 5432);

    private final Addresses addresses = new Addresses(() -> List.of(DB, OTHER));
    private final InetAddress first = address(1);
    private final InetAddress second = address(2);
    private final InetAddress third = address(3);

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress("db.test", new byte[] {127, 0, 0, (byte) last});
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void address_thatDidNotAccept_comesLastUntilItAccepts() {
        List<InetAddress> all = List.of(first, second, third);
        assertThat(addresses.inOrder(DB, all)).isEqualTo(all);

        addresses.refused(DB, first);
        assertThat(addresses.inOrder(DB, all)).containsExactly(second, third, first);
        assertThat(addresses.inOrder(OTHER, all)).as("another host").isEqualTo(all);

        addresses.accepted(DB, first);
        assertThat(addresses.inOrder(DB, all)).isEqualTo(all);
    }

    @Test
    void address_thatTheNameLost_isForgotten() {
        addresses.refused(DB, first);
        assertThat(addresses.inOrder(DB, List.of(second))).containsExactly(second);
        assertThat(addresses.inOrder(DB, List.of(first, second))).containsExactly(first, second);
    }

    @Test
    void host_thatHasNoAddress_isLeftToTheDriver() {
        Addresses unknown = new Addresses(() -> List.of(new HostSpec("nothing.invalid", 5432)));
        assertThat(unknown.inOrder()).isEmpty();
    }
}
