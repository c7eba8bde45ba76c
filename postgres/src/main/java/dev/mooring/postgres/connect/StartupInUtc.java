package dev.mooring.postgres.connect;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Replaces the time zone in the first message of a session, by which a client asks for its settings. The driver has no option for it: it
 * always asks for the zone of the JVM. All other bytes pass as they are.
 */
final class StartupInUtc extends FilterOutputStream {
    private static final int PROTOCOL = 3;
    private static final int HEADER = 8;
    /** The messages that may come before: requests for TLS, for GSSAPI and to cancel have this in place of the protocol's number. */
    private static final int REQUEST = 1234;

    private boolean passed;

    StartupInUtc(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer message = ByteBuffer.wrap(bytes, offset, length);
        if (passed || length < HEADER || message.getInt() != length) {
            passed = true;
            out.write(bytes, offset, length);
            return;
        }
        int code = message.getInt();
        passed = code >>> 16 != REQUEST;
        if (code >>> 16 == PROTOCOL) {
            out.write(inUtc(code, message));
        } else {
            out.write(bytes, offset, length);
        }
    }

    /** The message with this protocol and the parameters that follow: names and values, each ended by a zero, and one zero more. */
    private static byte[] inUtc(int protocol, ByteBuffer parameters) throws IOException {
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        for (byte[] name = text(parameters); name.length > 0; name = text(parameters)) {
            byte[] value = text(parameters);
            boolean zone = new String(name, StandardCharsets.US_ASCII).equals("TimeZone");
            changed.write(name);
            changed.write(0);
            changed.write(zone ? "UTC".getBytes(StandardCharsets.US_ASCII) : value);
            changed.write(0);
        }
        changed.write(0);
        return ByteBuffer.allocate(HEADER + changed.size())
                .putInt(HEADER + changed.size())
                .putInt(protocol)
                .put(changed.toByteArray())
                .array();
    }

    private static byte[] text(ByteBuffer from) {
        int begin = from.position();
        int end = begin;
        while (from.get(end) != 0) {
            end++;
        }
        byte[] text = new byte[end - begin];
        from.get(text).get();
        return text;
    }
}
