package io.cruddur.obs.servlet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.test.http.HttpServerContract;
import io.cruddur.obs.test.http.RunningServer;
import io.cruddur.obs.test.http.ServerSettings;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.Test;

/** Jetty 12.1 with its environment for Servlet 6.0. */
class JettyEe10ContractTest extends HttpServerContract {
    @Test
    void itRunsOnServlet60() {
        assertThat(ServletVersion.present()).isEqualTo("6.0");
    }

    @Override
    protected RunningServer start(ServerSettings settings) throws Exception {
        var context = new ServletContextHandler("/");
        var filter = new FilterHolder(ContractServlet.filter(settings));
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        var servlet = new ServletHolder(new ContractServlet(settings));
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/*");
        var errors = new ErrorPageErrorHandler();
        errors.addErrorPage(410, "/error-page");
        context.setErrorHandler(errors);
        return new JettyServer(context);
    }
}
