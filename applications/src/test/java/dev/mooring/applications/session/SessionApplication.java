package dev.mooring.applications.session;

import dev.mooring.applications.things.JdbcThings;
import dev.mooring.applications.things.ThingsPage;
import jakarta.servlet.http.HttpSession;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({JdbcThings.class, ThingsPage.class, SessionApplication.VisitsPage.class})
public class SessionApplication {
    @RestController
    static final class VisitsPage {
        @GetMapping("/visits")
        int visits(HttpSession session) {
            int visits = session.getAttribute("visits") instanceof Integer before ? before + 1 : 1;
            session.setAttribute("visits", visits);
            return visits;
        }
    }
}
