package io.cruddur.obs.servlet;

import io.cruddur.obs.Obs;
import io.cruddur.obs.TrustedPeers;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;

/** The code of docs/servlet.md, to be compiled. */
final class ServletSnippets {
    private ServletSnippets() {}

    static Obs found(ServletContext context) {
        Obs obs = (Obs) context.getAttribute(Obs.class.getName());
        return obs;
    }

    static void byHand(ServletContext context, Obs obs) {
        FilterRegistration.Dynamic filter = context.addFilter("obs", ObsFilter.create(obs));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR), false, "/*");
    }

    static ObsFilter withSettings(Obs obs) {
        ObsFilter filter = ObsFilter.builder(obs)
                .exclude(List.of("defaults", "/internal/**"))
                .trustedPeers(TrustedPeers.of(List.of("10.0.0.0/8")))
                .route(request -> request.getAttribute("my.framework.route"))
                .accessLog(log -> log.sample(0.1))
                .build();
        return filter;
    }

    static void route(HttpServletRequest request) {
        request.setAttribute(ObsFilter.ROUTE_ATTRIBUTE, "/users/{id}");
    }
}
