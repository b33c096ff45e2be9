package io.cruddur.obs;

import io.cruddur.obs.delivery.Delivery;
import io.cruddur.obs.delivery.Pipeline;
import io.cruddur.obs.error.ErrorRecord;
import io.cruddur.obs.error.LoggedErrors;
import io.cruddur.obs.log.LogSignals;
import io.cruddur.obs.logback.LogbackInstaller;
import io.cruddur.obs.rollbar.ItemSettings;
import io.cruddur.obs.rollbar.RollbarSettings;
import io.cruddur.obs.rollbar.RollbarSink;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The part of the assembly that makes who reports errors, its way out, and what it hears of. */
final class ErrorAssembly {

    private ErrorAssembly() {}

    /** Who reports errors; to the log, where no receiver is set. Null where nobody is to. */
    static @Nullable ErrorReporter reporter(Settings settings, Delivery delivery) {
        Settings.Errors to = settings.errors();
        String token = to.accessToken();
        if (!to.options().isEnabled()) {
            return null;
        }
        if (token == null || Assembly.isMissing("com.rollbar.api.payload.data.Data", "rollbar-java", "errors")) {
            return ErrorReporter.toLog(
                    to.options(), token == null && to.options().isAnnounced());
        }
        var pipeline = new AtomicReference<Pipeline<ErrorRecord>>();
        var reporter = new ErrorReporter(to.options(), record -> {
            Pipeline<ErrorRecord> out = pipeline.get();
            if (out != null) {
                out.offer(record);
            }
        });
        pipeline.set(delivery.add(Assembly.pipeline(
                new RollbarSink(rollbar(settings, to, token), settings.redactor()), settings, reporter::tick)));
        return reporter;
    }

    private static RollbarSettings rollbar(Settings settings, Settings.Errors to, String token) {
        ErrorOptions options = to.options();
        String proxy = options.proxyHost();
        return new RollbarSettings(
                token,
                to.endpoint() == null ? RollbarSettings.DEFAULT_ENDPOINT : to.endpoint(),
                settings.environment(),
                settings.service(),
                to.codeVersion(),
                settings.delivery().attemptTimeout(),
                new ItemSettings(
                        options.framework(),
                        options.root(),
                        options.appPackages(),
                        regionOfTraces(settings),
                        options.consoleUrl(),
                        options.clientAddress(),
                        options.maxItemBytes(),
                        options.isThreadDump()),
                // Looked up when a call is made, not on this thread.
                proxy == null
                        ? null
                        : ProxySelector.of(InetSocketAddress.createUnresolved(proxy, options.proxyPort())));
    }

    /** Null where they do not go to X-Ray. */
    private static @Nullable String regionOfTraces(Settings settings) {
        if (settings.errors().options().consoleUrl() != null
                || settings.traces().exporters().isEmpty()) {
            return null;
        }
        String region = settings.errors().region();
        return region == null ? System.getenv("AWS_REGION") : region;
    }

    /**
     * Has the reporter hear of what is logged and of what ends threads, if it has somewhere to send it; gives what undoes that.
     *
     * @param linesAreShipped whether there is an appender for the lines already
     */
    static Runnable listen(
            Settings settings, Delivery delivery, @Nullable ErrorReporter reporter, boolean linesAreShipped) {
        if (reporter == null || !reporter.hasReceiver()) {
            return () -> {};
        }
        ErrorOptions options = settings.errors().options();
        List<Runnable> undo = new ArrayList<>();
        undo.add(LoggedErrors.open(reporter));
        if (settings.errors().installAppender() && !linesAreShipped && Assembly.isPresent(Assembly.LOGBACK)) {
            undo.add(LogbackInstaller.install());
            // Nobody ships lines here, so none are kept for anybody.
            LogSignals.discardEarly();
        }
        if (options.isLogged() && options.isJulLogged()) {
            undo.add(JulErrors.install(reporter));
        }
        if (options.isUncaught()) {
            undo.add(UncaughtErrors.install(reporter, delivery));
        }
        return () -> undo.forEach(Runnable::run);
    }
}
