package io.cruddur.obs.servlet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.test.http.Feature;
import io.cruddur.obs.test.http.HttpServerContract;
import io.cruddur.obs.test.http.RunningServer;
import io.cruddur.obs.test.http.ServerSettings;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Undertow 2.3, of Servlet 6.0. */
class UndertowContractTest extends HttpServerContract {
    @Override
    protected Map<Feature, String> missing() {
        return Map.of(
                Feature.NORMALISED_PATH, "Undertow hands /excluded/../ok on as it came, to the application as well",
                Feature.MALFORMED_PARAMETER, "Undertow refuses such a request before the application sees it",
                Feature.ASYNC_DISPATCH_AT_ONCE, "Undertow's isAsyncStarted() is false from the dispatch on");
    }

    @Test
    void itRunsOnServlet60() {
        assertThat(ServletVersion.present()).isEqualTo("6.0");
    }

    @Override
    protected RunningServer start(ServerSettings settings) throws Exception {
        Filter filter = ContractServlet.filter(settings);
        Servlet servlet = new ContractServlet(settings);
        DeploymentInfo application = Servlets.deployment()
                .setClassLoader(getClass().getClassLoader())
                .setDeploymentName("contract")
                .setContextPath("/")
                .addFilter(Servlets.filter("obs", filter.getClass(), new ImmediateInstanceFactory<>(filter))
                        .setAsyncSupported(true))
                .addServlet(Servlets.servlet("contract", servlet.getClass(), new ImmediateInstanceFactory<>(servlet))
                        .setAsyncSupported(true)
                        .addMapping("/*"))
                .addErrorPage(Servlets.errorPage("/error-page", 410));
        for (DispatcherType type : DispatcherType.values()) {
            application.addFilterUrlMapping("obs", "/*", type);
        }
        DeploymentManager deployment = Servlets.newContainer().addDeployment(application);
        deployment.deploy();
        Undertow undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(1)
                .setHandler(deployment.start())
                .build();
        undertow.start();
        int port = ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
        return new RunningServer() {
            @Override
            public int port() {
                return port;
            }

            @Override
            public void close() throws Exception {
                undertow.stop();
                deployment.stop();
                deployment.undeploy();
            }
        };
    }
}
