package dev.mooring.postgres.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The host of one database, or several hosts, of which the primary is used.
 *
 * @param hosts at least one
 */
public record Address(List<Host> hosts) {
    private static final Pattern HOST = Pattern.compile(
            "(?:\\[([0-9A-Fa-f:.]+(?:%[A-Za-z0-9_.-]+)?)]|([A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252})?))(?::(\\d{1,5}))?");
    /** Two colons: an IPv6 address, not a name with a port. */
    private static final Pattern BARE_IPV6 =
            Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(?:%[A-Za-z0-9_.-]+)?");

    private static final Pattern LOOPBACK = Pattern.compile("(?i:localhost)|127(\\.\\d+){3}|::1|0:0:0:0:0:0:0:1");
    private static final Pattern IPV4 = Pattern.compile("\\d+(\\.\\d+){3}");
    private static final int DEFAULT_PORT = 5432;
    private static final int HIGHEST_PORT = 65_535;

    public Address {
        hosts = List.copyOf(hosts);
    }

    /**
     * One server.
     *
     * @param name a name or an IP address, without brackets
     * @param port its own port; empty when it has none
     */
    public record Host(String name, OptionalInt port) {
        @Override
        public String toString() {
            String shown = name.contains(":") ? "[" + name + "]" : name;
            return port.isPresent() ? shown + ":" + port.getAsInt() : shown;
        }
    }

    /** Reads {@code db.internal}, {@code a:5432,b:5433} or {@code [::1]:5432}; empty when the text is none of these. */
    static Optional<Address> parse(String text) {
        List<Host> hosts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher form = HOST.matcher(part.strip());
            if (BARE_IPV6.matcher(part.strip()).matches()) {
                hosts.add(new Host(part.strip(), OptionalInt.empty()));
                continue;
            }
            if (!form.matches()) {
                return Optional.empty();
            }
            String name = form.group(1) == null ? form.group(2) : form.group(1);
            OptionalInt port =
                    form.group(3) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(form.group(3)));
            if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > HIGHEST_PORT)) {
                return Optional.empty();
            }
            hosts.add(new Host(name, port));
        }
        return Optional.of(new Address(hosts));
    }

    /** Whether all hosts are this machine. */
    public boolean isLoopback() {
        return hosts.stream().allMatch(host -> LOOPBACK.matcher(host.name()).matches());
    }

    /** Whether at least one host is a name. */
    public boolean hasName() {
        return hosts.stream()
                .anyMatch(host ->
                        !host.name().contains(":") && !IPV4.matcher(host.name()).matches());
    }

    /** Whether every host is a name, and none an IP address. */
    boolean hasNamesOnly() {
        return hosts.stream()
                .noneMatch(host ->
                        host.name().contains(":") || IPV4.matcher(host.name()).matches());
    }

    /** The same without the port, where there is one host only: that port is a value of its own. */
    Address withoutOnlyPort() {
        return hosts.size() > 1
                ? this
                : new Address(List.of(new Host(hosts.get(0).name(), OptionalInt.empty())));
    }

    /** The names of the hosts. */
    public List<String> names() {
        return hosts.stream().map(Host::name).toList();
    }

    /** Their ports, in the same order; a host without one of its own has PostgreSQL's. */
    public List<Integer> ports() {
        return hosts.stream().map(host -> host.port().orElse(DEFAULT_PORT)).toList();
    }

    /** The own port of the only host; empty when it has none, and where there are several hosts. */
    OptionalInt onlyPort() {
        return hosts.size() > 1 ? OptionalInt.empty() : hosts.get(0).port();
    }

    /** The same with this port wherever a host has none of its own. */
    Address withDefaultPort(int port) {
        return new Address(hosts.stream()
                .map(host -> host.port().isPresent() ? host : new Host(host.name(), OptionalInt.of(port)))
                .toList());
    }

    /** The same with PostgreSQL's port wherever a host has none of its own. */
    public Address withDefaultPort() {
        return withDefaultPort(DEFAULT_PORT);
    }

    /** The same with this port everywhere. */
    public Address withPort(int port) {
        return new Address(hosts.stream()
                .map(host -> new Host(host.name(), OptionalInt.of(port)))
                .toList());
    }

    /** Hosts and ports, separated by commas. */
    @Override
    public String toString() {
        return hosts.stream().map(Host::toString).collect(Collectors.joining(","));
    }
}
