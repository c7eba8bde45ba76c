package dev.mooring.applications.jooq;

import dev.mooring.applications.things.ThingsPage;
import org.jooq.DSLContext;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({JooqThings.class, ThingsPage.class, JooqApplication.DialectPage.class})
public class JooqApplication {
    @RestController
    static final class DialectPage {
        private final DSLContext sql;

        DialectPage(DSLContext sql) {
            this.sql = sql;
        }

        @GetMapping("/dialect")
        String dialect() {
            return sql.dialect().name();
        }
    }
}
