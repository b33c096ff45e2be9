package io.cruddur.obs.servlet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.test.http.HttpServerContract;
import io.cruddur.obs.test.http.RunningServer;
import io.cruddur.obs.test.http.ServerSettings;
import org.junit.jupiter.api.Test;

/** Tomcat 11, of Servlet 6.1. */
class TomcatContractTest extends HttpServerContract {
    @Test
    void itRunsOnServlet61() {
        assertThat(ServletVersion.present()).isEqualTo("6.1");
    }

    @Override
    protected RunningServer start(ServerSettings settings) throws Exception {
        return new TomcatServer(settings);
    }
}
