package io.cruddur.obs.servlet;

import io.cruddur.obs.Obs;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A web application with all of the library in a class loader of its own; made there by {@link RedeployTest}. */
final class RedeployedApplication implements ServletContainerInitializer {
    private final String daemon;
    private final URI rollbar;

    RedeployedApplication(String daemon, URI rollbar) {
        this.daemon = daemon;
        this.rollbar = rollbar;
    }

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        new ObsServletInitializer(() -> Obs.builder()
                        .service("redeployed")
                        .xrayDaemon(daemon)
                        .rollbarToken("none")
                        .rollbarEndpoint(rollbar))
                .onStartup(classes, context);
        context.addServlet("hello", new HttpServlet() {
                    private static final long serialVersionUID = 1;

                    @Override
                    protected void service(HttpServletRequest request, HttpServletResponse response) {
                        Obs obs = (Obs) context.getAttribute(Obs.class.getName());
                        obs.trace("left open").start().annotate("never", "closed");
                        throw new IllegalStateException("to be reported");
                    }
                })
                .addMapping("/*");
    }
}
