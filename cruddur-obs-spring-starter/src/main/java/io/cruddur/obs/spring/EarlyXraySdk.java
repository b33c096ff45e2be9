package io.cruddur.obs.spring;

import io.cruddur.obs.xray.sdk.XraySdkBridge;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Loads the X-Ray SDK beside the start of the application, which the bridge to it would hold up otherwise. */
final class EarlyXraySdk implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent prepared) {
        Thread loading = loading(
                prepared.getEnvironment(), prepared.getSpringApplication().getClassLoader());
        if (loading != null) {
            loading.start();
        }
    }

    /** Null where nothing is to be bridged. */
    static @Nullable Thread loading(Environment environment, ClassLoader loader) {
        if ("false".equalsIgnoreCase(environment.getProperty("cruddur.obs.trace.xray-sdk-bridge"))
                || !ClassUtils.isPresent("com.amazonaws.xray.AWSXRay", loader)
                || ActiveMode.of(environment, loader) == Mode.OFF) {
            return null;
        }
        var thread = new Thread(XraySdkBridge::warmUp, "cruddur-obs-xray-sdk");
        thread.setDaemon(true);
        return thread;
    }
}
