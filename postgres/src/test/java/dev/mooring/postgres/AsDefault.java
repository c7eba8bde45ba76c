package dev.mooring.postgres;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** An application's own judgement of exceptions, which is that of HikariCP. Public because HikariCP creates it by its class name. */
public final class AsDefault implements SQLExceptionOverride {
    static final AtomicInteger ASKED = new AtomicInteger();

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException error) {
        ASKED.incrementAndGet();
        return SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
