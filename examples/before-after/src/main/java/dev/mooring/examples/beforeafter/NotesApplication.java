package dev.mooring.examples.beforeafter;

import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Keeps notes in PostgreSQL. */
@SpringBootApplication
@RestController
public class NotesApplication {
    private final JdbcClient database;

    NotesApplication(JdbcClient database) {
        this.database = database;
    }

    /** Runs until a signal ends the process. */
    public static void main(String[] words) {
        SpringApplication.run(NotesApplication.class, words);
    }

    @GetMapping("/notes")
    List<String> notes() {
        return database.sql("select text from note order by id")
                .query((row, number) -> row.getString("text"))
                .list();
    }

    @PostMapping("/notes")
    void add(@RequestBody String text) {
        database.sql("insert into note (text) values (?)").param(text).update();
    }
}
