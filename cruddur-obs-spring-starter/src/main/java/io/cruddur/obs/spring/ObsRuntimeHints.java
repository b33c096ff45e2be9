package io.cruddur.obs.spring;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** What a native image must be told: proxies of JDBC's objects, and what the AWS SDK finds on the class path. */
final class ObsRuntimeHints implements RuntimeHintsRegistrar {
    private static final String HANDLERS = "software/amazon/awssdk/global/handlers/execution.interceptors";

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        for (Class<?> type :
                List.of(Connection.class, Statement.class, PreparedStatement.class, CallableStatement.class)) {
            hints.proxies().registerJdkProxy(type);
        }
        hints.resources().registerPattern(HANDLERS);
        hints.reflection()
                .registerTypeIfPresent(
                        classLoader, "io.cruddur.obs.awssdk.AwsSdkTracing", MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
    }
}
