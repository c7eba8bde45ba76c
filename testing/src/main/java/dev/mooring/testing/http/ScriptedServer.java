package dev.mooring.testing.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * An HTTP/1.1 server on the loopback interface. Its present script answers each request; it remembers the last 10,000. Connections are kept
 * alive. Thread-safe; its threads are daemons called {@code mooring-scripted-…}, one for each connection, and {@link #close} ends them.
 */
public final class ScriptedServer implements AutoCloseable {
    private static final int MOST_REMEMBERED = 10_000;

    private final Optional<SSLContext> tls;
    private final int port;
    private final Deque<ScriptedRequest> requests = new ConcurrentLinkedDeque<>();
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What answers; a request in flight keeps the scene that it began in. The test's thread writes it. */
    private volatile Scene scene = new Scene((request, reply) -> reply.json(200, "{}"));

    /** How long a connection may wait for its next request; zero is for ever. */
    private volatile Duration idle = Duration.ZERO;

    /** What happens to a new connection before its first request is read. */
    private volatile Consumer<Socket> welcome = socket -> {};

    private volatile ServerSocket listener;

    /** Accepts connections from the present listener. The test's thread writes it. */
    private volatile Thread acceptor = new Thread();

    /** Keeps the port while the server is away: bound, but not listening. The test's thread writes it. */
    private volatile Socket keeper = new Socket();

    /** A script, and what the requests that hang in it wait for. */
    record Scene(Script script, CountDownLatch over) {
        Scene(Script script) {
            this(script, new CountDownLatch(1));
        }
    }

    private ScriptedServer(Optional<SSLContext> tls) {
        this.tls = tls;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
    }

    /** A server on a free port that answers every request with {@code {}}. */
    public static ScriptedServer start() {
        return new ScriptedServer(Optional.empty());
    }

    /** The same over TLS. */
    public static ScriptedServer startTls(SSLContext certificate) {
        return new ScriptedServer(Optional.of(certificate));
    }

    /** Its address, with the number of the loopback interface. */
    public URI uri() {
        return URI.create((tls.isPresent() ? "https" : "http") + "://127.0.0.1:" + port);
    }

    /** Its port. */
    public int port() {
        return port;
    }

    /** Answers each further request by this script. Requests that hang in the one before lose their connection. */
    public void answers(Script next) {
        Scene before = scene;
        scene = new Scene(next);
        before.over().countDown();
    }

    /** Closes a connection that has had no request for this long, as real servers do. Connections that wait already keep their limit. */
    public void closesIdleAfter(Duration limit) {
        idle = limit;
    }

    /** Does this with each new connection before its first request is read; {@link #resetting} drops it. */
    public void welcomes(Consumer<Socket> first) {
        welcome = first;
    }

    /** Resets a connection, if it is still open. */
    public static void resetting(Socket connection) {
        try {
            connection.setSoLinger(true, 0);
            connection.close();
        } catch (IOException closedAlready) {
            // There is no connection left to reset.
            return;
        }
    }

    /** The last requests, in the order in which they arrived. */
    public List<ScriptedRequest> requests() {
        return List.copyOf(requests);
    }

    /** Forgets the requests so far; {@link #arrived()} still counts them. */
    public void forget() {
        requests.clear();
    }

    /** How many requests arrived. */
    public int arrived() {
        return arrived.get();
    }

    /** How many connections were opened. */
    public int connections() {
        return accepted.get();
    }

    /** How many connections are open now. */
    public int openConnections() {
        return open.size();
    }

    /** Stops listening and resets all connections. The port stays reserved, so that no other server gets it meanwhile. */
    public void goesAway() {
        close(listener);
        awaitEndOf(acceptor);
        open.forEach(ScriptedServer::resetting);
        scene.over().countDown();
        close(keeper);
        keeper = keeping(port);
    }

    /** Listens again, on the same port and with the same script. */
    public void comesBack() {
        scene = new Scene(scene.script());
        close(keeper);
        listener = listen(port);
    }

    @Override
    public void close() {
        goesAway();
        close(keeper);
    }

    private static Socket keeping(int port) {
        Socket socket = new Socket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            close(socket);
        }
        return socket;
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private ServerSocket listen(int where) {
        try {
            ServerSocket socket =
                    tls.isPresent() ? tls.get().getServerSocketFactory().createServerSocket() : new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), where), 1_024);
            acceptor = start("accept", () -> accept(socket));
            return socket;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                int number = accepted.incrementAndGet();
                open.add(connection);
                start(String.valueOf(number), () -> serve(connection));
            } catch (IOException closed) {
                // The loop ends when the test closes the listener.
            }
        }
    }

    /** While the accepting thread is still inside accept(), Linux keeps the closed listener alive, and a connection can come in. */
    private static void awaitEndOf(Thread acceptor) {
        try {
            acceptor.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, "mooring-scripted-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void serve(Socket connection) {
        try (connection) {
            welcome.accept(connection);
            RequestReader reader = new RequestReader(connection.getInputStream());
            boolean alive = true;
            while (alive) {
                connection.setSoTimeout((int) idle.toMillis());
                Optional<ScriptedRequest> request = reader.next();
                connection.setSoTimeout(0);
                alive = request.isPresent() && answer(connection, request.get());
            }
        } catch (IOException | UncheckedIOException gone) {
            // The client or the test ended the connection.
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
        }
    }

    private boolean answer(Socket connection, ScriptedRequest request) throws IOException, InterruptedException {
        requests.add(request);
        if (arrived.incrementAndGet() > MOST_REMEMBERED) {
            requests.pollFirst();
        }
        Scene present = scene;
        ScriptedReply reply = new ScriptedReply(connection, connection.getOutputStream(), present.over());
        present.script().play(request, reply);
        if (reply.isAnswered()) {
            request.body().transferTo(OutputStream.nullOutputStream());
        }
        return reply.isAnswered()
                && request.header("Connection")
                        .filter("close"::equalsIgnoreCase)
                        .isEmpty();
    }
}
