package dev.mooring.examples.glucolens.readings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The readings in the database. Thread-safe. */
class ReadingTable {
    private static final String STORE = """
            insert into public.readings (id, patient, measured_at, mg_per_dl) values (?, ?, ?, ?)
            on conflict (patient, measured_at) do nothing""";
    private static final String OF_PATIENT = """
            select id, patient, measured_at, mg_per_dl from public.readings
            where patient = ? order by measured_at desc limit ?""";
    private static final String AT = """
            select id, patient, measured_at, mg_per_dl from public.readings where patient = ? and measured_at = ?""";

    private final JdbcClient database;

    ReadingTable(JdbcClient database) {
        this.database = database;
    }

    /** Stores a reading; gives the one that is stored now, which is an older one where a sensor sent the same twice. */
    Reading store(Reading reading) {
        OffsetDateTime measured = reading.measuredAt().atOffset(ZoneOffset.UTC);
        database.sql(STORE)
                .params(reading.id(), reading.patient(), measured, reading.mgPerDl())
                .update();
        return database.sql(AT)
                .params(reading.patient(), measured)
                .query(ReadingTable::read)
                .single();
    }

    /** The newest readings of a patient. */
    List<Reading> of(String patient, int atMost) {
        return database.sql(OF_PATIENT)
                .params(patient, atMost)
                .query(ReadingTable::read)
                .list();
    }

    private static Reading read(ResultSet row, int number) throws SQLException {
        return new Reading(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getInt(4));
    }
}
