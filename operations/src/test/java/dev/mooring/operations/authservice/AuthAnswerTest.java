package dev.mooring.operations.authservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.operations.access.Caller;
import dev.mooring.operations.access.Scope;
import dev.mooring.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthAnswerTest {
    private static final Secret KEY = Secret.of("a/key%of-ann");
    private static final Scope READ = new Scope("models:read");
    private static final Scope WRITE = new Scope("models:write");
    private static final Set<Scope> KNOWN = Set.of(READ, WRITE, Scope.OPS_READ, Scope.OPS_ACT);

    @Test
    void answer_namesTheCallerAndItsScopes() throws Exception {
        Caller caller = read("{'user_id':'ann','key_id':'k1','service_id':'registry','scopes':['models:read'],"
                + "'rate_limit_per_hour':500,'more':{}}");

        assertThat(caller.name()).isEqualTo("auth:ann/k1");
        assertThat(caller.scopes()).containsExactly(READ);
        assertThat(caller.perHour()).hasValue(500);
        assertThat(caller.until()).isEmpty();
    }

    @Test
    void scopesThatTheServiceDoesNotHave_andThoseOfOperations_countForNothing() throws Exception {
        Caller caller = read("{'user_id':'ann','key_id':'k1','service_id':'registry','rate_limit_per_hour':null,"
                + "'scopes':['ops:act','ops:read','admin','models:*','billing:read','','models:write']}");

        assertThat(caller.scopes()).containsExactly(WRITE);
        assertThat(caller.perHour()).isEmpty();
    }

    @Test
    void keyThatTheServiceGivesAsAnId_isInNoName() throws Exception {
        String name =
                read("{'user_id':'user-of-a/key%of-ann','key_id':'a/key%of-ann','service_id':'registry','scopes':[]}")
                        .name();

        assertThat(name).matches("auth:user-of-[0-9a-f]{16}/[0-9a-f]{16}").doesNotContain("key");
    }

    @Test
    void ids_areKeptApartInTheName() throws Exception {
        assertThat(read("{'user_id':'a/b','key_id':'c','service_id':'registry','scopes':[]}")
                        .name())
                .isEqualTo("auth:a%2Fb/c");
        assertThat(read("{'user_id':'a','key_id':'b/c%','service_id':'registry','scopes':[]}")
                        .name())
                .isEqualTo("auth:a/b%2Fc%25");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "<html>it works</html>",
                "{'user_id':'a','key_id':'k','service_id':'registry','scopes':[]",
                "{'user_id':'a','key_id':'k','service_id':'registry','scopes':[]} {}",
                "{'user_id':'a','user_id':'b','key_id':'k','service_id':'registry','scopes':[]}",
                "{'key_id':'k','service_id':'registry','scopes':[]}",
                "{'user_id':'','key_id':'k','service_id':'registry','scopes':[]}",
                "{'user_id':7,'key_id':'k','service_id':'registry','scopes':[]}",
                "{'user_id':'a\\u0000','key_id':'k','service_id':'registry','scopes':[]}",
                "{'user_id':'a','service_id':'registry','scopes':[]}",
                "{'user_id':'a','key_id':'k','scopes':[]}",
                "{'user_id':'a','key_id':'k','service_id':'other','scopes':[]}",
                "{'user_id':'a','key_id':'k','service_id':'registry'}",
                "{'user_id':'a','key_id':'k','service_id':'registry','scopes':'models:read'}",
                "{'user_id':'a','key_id':'k','service_id':'registry','scopes':{'models:read':true}}",
                "{'user_id':'a','key_id':'k','service_id':'registry','scopes':['models:read',1]}",
                "{'user_id':'a','key_id':'k','service_id':'registry','scopes':[],'rate_limit_per_hour':0}",
                "{'user_id':'a','key_id':'k','service_id':'registry','scopes':[],'rate_limit_per_hour':1.5}",
                "{'user_id':'a','key_id':'k','service_id':'registry','scopes':[],'rate_limit_per_hour':'many'}",
                "{'user_id':'a','key_id':'k','service_id':'registry','scopes':[],'rate_limit_per_hour':99999999999}"
            })
    void answerThatIsNotWholeAndClear_isUnreadable(String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(UnreadableAnswerException.class)
                .hasMessageStartingWith("the answer of the auth service ");
    }

    private static Caller read(String body) throws UnreadableAnswerException {
        return AuthAnswer.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), KEY, "registry", KNOWN);
    }
}
