package dev.mooring.postgres.connect;

import dev.mooring.postgres.settings.Address;
import dev.mooring.thread.BackgroundLoop;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Examines the network once for each outage: which addresses the name has, which of them accept a connection, and whether PostgreSQL
 * answers there and offers TLS. Logs the result, on a thread of its own. Each connect and each answer takes at most 2 s.
 */
final class NetworkDiagnosis {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.postgres.diagnosis");
    private static final int STEP_MILLIS = (int) Duration.ofSeconds(2).toMillis();
    private static final int MOST_ADDRESSES = 4;
    /** PostgreSQL's SSLRequest: length 8, code 80877103. The answer is one byte, S or N. */
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

    private final String dependency;
    private final Supplier<Address> present;
    /** Set while a diagnosis runs, so that no second one starts. */
    private final AtomicBoolean running = new AtomicBoolean();

    NetworkDiagnosis(String dependency, Supplier<Address> present) {
        this.dependency = dependency;
        this.present = present;
    }

    /** Starts a diagnosis unless one is running; does not wait for it. */
    void begin() {
        if (running.compareAndSet(false, true)) {
            BackgroundLoop.daemon("mooring-diagnosis-" + dependency, this::run).start();
        }
    }

    private void run() {
        try {
            Address address = present.get();
            List<String> seen = new ArrayList<>();
            for (int i = 0; i < address.hosts().size(); i++) {
                seen.addAll(look(address.names().get(i), address.ports().get(i)));
            }
            LOG.atWarn()
                    .addKeyValue("dependency", dependency)
                    .addKeyValue("host", address.toString())
                    .log("{}: network: {}", dependency, String.join("; ", seen));
        } finally {
            running.set(false);
        }
    }

    static List<String> look(String host, int port) {
        try {
            InetAddress[] found = InetAddress.getAllByName(host);
            String all = Stream.of(found).map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
            List<String> seen = new ArrayList<>();
            seen.add(host + " is " + all);
            Stream.of(found).limit(MOST_ADDRESSES).forEach(one -> seen.add(reach(one, port)));
            return seen;
        } catch (UnknownHostException unknown) {
            return List.of(host + " has no address");
        }
    }

    private static String reach(InetAddress one, int port) {
        String address = one.getHostAddress();
        String where = (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
        long begun = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(one, port), STEP_MILLIS);
            long millis = (System.nanoTime() - begun) / 1_000_000;
            return where + " connects in " + millis + " ms and " + banner(socket);
        } catch (IOException failed) {
            return where + " does not connect (" + failed.getMessage() + ")";
        }
    }

    private static String banner(Socket socket) {
        try {
            socket.setSoTimeout(STEP_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(SSL_REQUEST);
            out.flush();
            return switch (socket.getInputStream().read()) {
                case 'S' -> "PostgreSQL answers and offers TLS";
                case 'N' -> "PostgreSQL answers and offers no TLS";
                case -1 -> "closes without an answer";
                default -> "answers, but not as PostgreSQL does";
            };
        } catch (IOException failed) {
            return "does not answer (" + failed.getMessage() + ")";
        }
    }
}
