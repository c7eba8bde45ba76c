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
 *
 * <p>When a statement's time is over, the driver asks the server in a second socket to cancel it, and the statement does not end before that
 * socket does. A frozen server answers in neither. So the second one closes with the first.
 */
final class TrackedSocket extends Socket {
    private final SocketPlan plan;
    /** Whether the driver made this socket in order to cancel a statement: a log-in makes one socket that stays. */
    private final boolean cancels;

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
        if (cancels) {
            plan.cancels().remove(this);
        } else if (plan.isLoggedIn()) {
            plan.cancels().closeAll();
        }
    }
}
