// The code of docs/how-to/five-minutes.md. FiveMinutesTest compiles and runs what the page shows.
// tag::controller
package com.example.demo;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class WhereController {
    private final JdbcClient database;

    public WhereController(JdbcClient database) {
        this.database = database;
    }

    @GetMapping("/where")
    public String where() {
        return database.sql("select current_database()").query(String.class).single();
    }
}
// end::controller
