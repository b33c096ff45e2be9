package io.cruddur.obs.aws.platform;

import com.amazonaws.xray.plugins.Plugin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what the process runs on by the X-Ray SDK's plugins, on a daemon thread of its own, once a process. Until then,
 * and where nothing is found, it is {@link Platform#UNKNOWN}: what is sent before goes without.
 *
 * <p>What is asked, in this order: Elastic Beanstalk's file {@code /var/elasticbeanstalk/xray/environment.conf}; where the
 * token of a Kubernetes service account is there, the cluster's API, for which the SDK needs Apache HttpClient 4; where
 * {@code ECS_CONTAINER_METADATA_URI_V4} or {@code ECS_CONTAINER_METADATA_URI} is set, that address; and at last EC2's
 * metadata service at {@code 169.254.169.254}, unless {@code AWS_EC2_METADATA_DISABLED=true}. Where nobody has that address,
 * as on a laptop, the SDK gives up after 100 ms for each of two connections.
 *
 * <p>After {@value #LIMIT_SECONDS} s no further plugin is asked, and what an earlier one says then is left out. A plugin
 * that never returns holds nothing but the thread. Thread-safe; never throws.
 */
public final class PlatformLookup implements Supplier<Platform> {
    static final int LIMIT_SECONDS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(PlatformLookup.class);

    private static @Nullable PlatformLookup ofThisProcess;

    private final Supplier<List<Supplier<Plugin>>> plugins;
    private final Duration limit;
    private final LongSupplier nanos;
    private volatile Platform known = Platform.UNKNOWN;

    private PlatformLookup(Supplier<List<Supplier<Plugin>>> plugins, Duration limit, LongSupplier nanos) {
        this.plugins = plugins;
        this.limit = limit;
        this.nanos = nanos;
    }

    /** What is known of this process; the first call begins to look. Needs the X-Ray SDK, whose classes it loads aside. */
    public static synchronized Supplier<Platform> ofThisProcess() {
        PlatformLookup present = ofThisProcess;
        if (present == null) {
            Map<String, String> environment = System.getenv();
            ofThisProcess = present = start(() -> XrayPlugins.inOrder(environment), Duration.ofSeconds(LIMIT_SECONDS));
        }
        return present;
    }

    static PlatformLookup start(Supplier<List<Supplier<Plugin>>> plugins, Duration limit) {
        return start(plugins, limit, System::nanoTime);
    }

    static PlatformLookup start(Supplier<List<Supplier<Plugin>>> plugins, Duration limit, LongSupplier nanos) {
        var lookup = new PlatformLookup(plugins, limit, nanos);
        // Without what the application's thread would have it inherit.
        var thread = new Thread(null, lookup::look, "cruddur-obs-platform", 0, false);
        thread.setDaemon(true);
        thread.start();
        return lookup;
    }

    @Override
    public Platform get() {
        return known;
    }

    private void look() {
        long start = nanos.getAsLong();
        try {
            for (Supplier<Plugin> plugin : plugins.get()) {
                if (isLate(start)) {
                    LOG.debug("Where this runs is not looked for any longer");
                    return;
                }
                ask(plugin, start);
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("The X-Ray SDK's plugins cannot be used", e);
        }
    }

    private void ask(Supplier<Plugin> plugin, long start) {
        try {
            Plugin made = plugin.get();
            Platform before = known;
            Platform after = made.isEnabled() ? PluginFacts.add(before, made) : before;
            if (isLate(start)) {
                LOG.debug("{} answered too late", made.getClass());
                return;
            }
            known = after;
            if (before.origin() == null && after.origin() != null) {
                LOG.info("This runs on {}; segments say so from now on.", after.origin());
            }
        } catch (Throwable e) {
            // The SDK's, and what it needs may be left out: another may know more.
            LOG.debug("A plugin of the X-Ray SDK cannot be used", e);
        }
    }

    private boolean isLate(long start) {
        return nanos.getAsLong() - start > limit.toNanos();
    }
}
