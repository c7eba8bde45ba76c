package dev.mooring.postgres.connect;

import dev.mooring.postgres.settings.KeepAlive;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/**
 * A socket to the server that another thread can close. It keeps the connect limit to the millisecond, where the driver knows only whole
 * seconds, and sets the times of TCP keepalive, which the driver does not.
 *
 * <p>When a statement's time is over, the driver asks the server in a second socket to cancel it, and the statement does not end before that
 * socket does. A frozen server answers in neither. So the second one closes with the first.
 *
 * <p>Where a read has timed out, the JDK's TLS 1.3 would read once more, with the same limit, before it closes this socket. So this socket then
 * shows no limit, and the JDK closes at once.
 */
final class TrackedSocket extends Socket {
    private final SocketPlan plan;
    /** Whether the driver made this socket in order to cancel a statement: a log-in makes one socket that stays. */
    private final boolean cancels;

    /** Whether a read timed out since the limit was set. Volatile: any thread reads it when it closes the socket. */
    private volatile boolean timedOut;

    TrackedSocket(SocketPlan plan) {
        this.plan = plan;
        this.cancels = plan.isLoggedIn();
    }

    /** Ignores the driver's own timeout: the plan shares the limit between hosts and addresses, so that each of them gets a chance. */
    @Override
    public void connect(SocketAddress driversChoice, int driversTimeout) throws IOException {
        plan.sockets().add(plan.request().purpose(), this);
        if (cancels) {
            plan.cancels().add(plan.request().purpose(), this);
        }
        plan.request().socketMade().accept(this);
        SocketAddress endpoint = plan.endpoint(driversChoice);
        long begun = System.nanoTime();
        try {
            super.connect(endpoint, plan.connectMillis());
        } catch (IOException failed) {
            plan.failed(endpoint, failed, (System.nanoTime() - begun) / 1_000_000);
            throw failed;
        }
        plan.accepted(endpoint);
        keepAlive(plan.keepAlive());
        plan.request().connected().run();
    }

    private void keepAlive(KeepAlive wanted) throws IOException {
        setKeepAlive(true);
        set(ExtendedSocketOptions.TCP_KEEPIDLE, seconds(wanted.idle()));
        set(ExtendedSocketOptions.TCP_KEEPINTERVAL, seconds(wanted.interval()));
        set(ExtendedSocketOptions.TCP_KEEPCOUNT, wanted.count());
    }

    /** Sets an option if this system has it. */
    private void set(SocketOption<Integer> option, int value) throws IOException {
        if (supportedOptions().contains(option)) {
            setOption(option, value);
        }
    }

    private static int seconds(Duration duration) {
        return (int) Math.max(1, duration.toSeconds());
    }

    /** A limit that the driver sets anew, as for its next look at notifications, is shown again. */
    @Override
    public synchronized void setSoTimeout(int millis) throws SocketException {
        super.setSoTimeout(millis);
        timedOut = false;
    }

    @Override
    public synchronized int getSoTimeout() throws SocketException {
        return timedOut ? 0 : super.getSoTimeout();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                try {
                    return super.read();
                } catch (SocketTimeoutException silent) {
                    timedOut = true;
                    throw silent;
                }
            }

            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                try {
                    return super.read(into, from, most);
                } catch (SocketTimeoutException silent) {
                    timedOut = true;
                    throw silent;
                }
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream out = super.getOutputStream();
        return plan.inUtc() ? new StartupInUtc(out) : out;
    }

    @Override
    public synchronized void close() throws IOException {
        plan.sockets().remove(this);
        super.close();
        if (cancels) {
            plan.cancels().remove(this);
        } else if (plan.isLoggedIn()) {
            plan.cancels().closeAll();
        }
    }
}
