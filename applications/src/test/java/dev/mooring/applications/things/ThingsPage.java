package dev.mooring.applications.things;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The paths of every application with a web server. */
@RestController
public final class ThingsPage {
    private final Things things;
    private final DataSource database;

    ThingsPage(Things things, DataSource database) {
        this.things = things;
        this.database = database;
    }

    @GetMapping("/things")
    List<String> names() {
        return things.names();
    }

    @PostMapping("/things/{name}")
    String add(@PathVariable String name) {
        things.add(name);
        return "added";
    }

    @PostMapping("/things/{name}/fail")
    String addThenFail(@PathVariable String name) {
        things.addThenFail(name);
        return "added";
    }

    @GetMapping("/hundredth")
    String hundredth() {
        return things.names().stream().skip(99).findFirst().orElseThrow(GoneException::new);
    }

    @PostMapping("/length")
    int length(@RequestBody byte[] body) {
        return body.length;
    }

    /** Two seconds in the database, for a request that a signal meets in flight. */
    @GetMapping("/slow")
    String slow() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_sleep(2)");
            return "slow";
        }
    }
}
