package io.cruddur.obs.console.internal.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;

/** Hosts at a port that a test cannot listen on. */
class GateTest {

    @Test
    void atTheUsualPortAHostNeedsToTellNone() {
        for (String host : new String[] {"localhost", "127.0.0.1", "[::1]", "localhost:80"}) {
            assertThatCode(() -> new Gate(80).check(request(host, "http://" + host)))
                    .as(host)
                    .doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> new Gate(80).check(request("elsewhere", "http://elsewhere")))
                .isInstanceOf(Problem.class);
    }

    @Test
    void atAnyOtherPortItDoes() {
        assertThatThrownBy(() -> new Gate(2000).check(request("localhost", "http://localhost")))
                .isInstanceOf(Problem.class);
    }

    private static Request request(String host, String origin) {
        HttpFields headers = HttpFields.build().add("Host", host).add("Origin", origin);
        return (Request) Proxy.newProxyInstance(
                GateTest.class.getClassLoader(), new Class<?>[] {Request.class}, (proxy, method, args) -> {
                    if (method.getName().equals("getHeaders")) return headers;
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
