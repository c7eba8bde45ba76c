package dev.mooring.postgres.connect;

import dev.mooring.postgres.settings.KeepAlive;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/**
 * A socket to the server that another thread can close. It keeps the connect limit to the millisecond, where the driver knows only whole
 * seconds, and sets the times of TCP keepalive, which the driver does not.
 */
final class TrackedSocket extends Socket {
    private final SocketPlan plan;

    TrackedSocket(SocketPlan plan) {
        this.plan = plan;
    }

    /** Ignores the driver's own timeout: the plan shares the limit between hosts and addresses, so that each of them gets a chance. */
    @Override
    public void connect(SocketAddress driversChoice, int driversTimeout) throws IOException {
        plan.sockets().add(plan.request().purpose(), this);
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

    /** Whether the first message of the session has to ask for UTC. */
    boolean isInUtc() {
        return plan.inUtc();
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
    }
}
