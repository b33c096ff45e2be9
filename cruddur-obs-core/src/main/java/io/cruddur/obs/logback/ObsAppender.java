package io.cruddur.obs.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.util.ReentryGuard;
import io.cruddur.obs.log.LogSignal;
import io.cruddur.obs.log.LogSignals;
import io.cruddur.obs.log.OwnSignal;
import org.jspecify.annotations.Nullable;

/**
 * Ships what is logged through Logback: copies each event on the thread that logs it, with the ids of the current span, and
 * hands it on. It never blocks and never throws. Thread-safe.
 *
 * <p>Without settings, {@code <appender name="OBS" class="io.cruddur.obs.logback.ObsAppender"/>}, its events go to the
 * application's {@code Obs}; the first 4,096 of them, up to 4 MiB, are kept until that is built. With settings, {@code
 * <service>} at least, it needs no {@code Obs} of the application's: it starts one of its own, and closes it when it is
 * stopped. Where there are both, the application's takes the events.
 *
 * <p>What is logged about delivery itself stays out: what comes from the threads that deliver, and what the loggers of
 * this library say about it.
 */
public final class ObsAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private final AppenderSettings settings = new AppenderSettings();
    private final EventShipper shipper = new EventShipper();
    private final boolean installed;
    private volatile @Nullable OwnSignal own;
    private volatile boolean saidWhoTakes;
    private volatile boolean saidFailure;

    /** For a configuration of Logback's. */
    public ObsAppender() {
        this(false);
    }

    /**
     * A configuration's, or the installer's.
     *
     * @param installed whether no configuration asked for it
     */
    ObsAppender(boolean installed) {
        this.installed = installed;
    }

    boolean isInstalled() {
        return installed;
    }

    /** Starts it; what is wrong with the settings is a status of Logback's, and then it stays stopped. */
    @Override
    public void start() {
        if (isStarted()) {
            return;
        }
        if (settings.isEmpty()) {
            LogSignals.keepEarly();
        } else {
            try {
                own = settings.startOwn();
            } catch (RuntimeException | LinkageError e) {
                addError("The appender '" + getName() + "' ships nothing: " + e.getMessage());
                return;
            }
        }
        super.start();
        if (!installed) {
            // Started by now, so that nobody who looks in between puts another beside it.
            LogbackInstaller.giveWay(getContext());
        }
    }

    /** Stops it; its own {@code Obs} ships what is left first, for 5 s at most. */
    @Override
    public void stop() {
        super.stop();
        OwnSignal present = own;
        if (present != null) {
            own = null;
            present.close();
        }
    }

    /** Logback's would lose what is logged while an event is rendered; the shipper has a bound instead. */
    @Override
    protected ReentryGuard buildReentryGuard() {
        return new ReentryGuard.NOPRentryGuard();
    }

    @Override
    protected void append(ILoggingEvent event) {
        LogSignal signal = signal();
        try {
            shipper.ship(event, signal, getContext());
        } catch (Throwable e) {
            // An Error too, such as a stack that is used up: it is the application's thread and not its failure.
            failed(signal, e);
        }
    }

    private LogSignal signal() {
        LogSignal current = LogSignals.current();
        OwnSignal present = own;
        if (present == null) {
            return current;
        }
        if (!LogSignals.isOpen()) {
            return present.signal();
        }
        if (!saidWhoTakes) {
            saidWhoTakes = true;
            addWarn("The application has an Obs that ships logs: the events of the appender '" + getName()
                    + "' go there, and its own settings are not used.");
        }
        return current;
    }

    private void failed(LogSignal signal, Throwable e) {
        try {
            signal.lost("capture_failed");
            if (!saidFailure) {
                saidFailure = true;
                addError("A log event could not be copied and is lost. Such are counted, and this is said once.", e);
            }
        } catch (Throwable again) {
            // Nothing is left to be done on this thread.
            return;
        }
    }

    /** The service's name. With it the appender works without an {@code Obs} of the application's. */
    public void setService(String value) {
        settings.set("service", value);
    }

    /** The environment's name; {@code production} by default. */
    public void setEnvironment(String value) {
        settings.set("environment", value);
    }

    /** The log group, created when it is missing; the service's name by default. */
    public void setGroup(String value) {
        settings.set("group", value);
    }

    /** The log stream; host name and process id by default. */
    public void setStream(String value) {
        settings.set("stream", value);
    }

    /** The AWS region; by default the SDK's own chain finds it. */
    public void setRegion(String value) {
        settings.set("region", value);
    }

    /** Another address for CloudWatch Logs than the service's. */
    public void setEndpoint(String value) {
        settings.set("endpoint", value);
    }

    /** {@code true} signs with meaningless credentials; for a stand-in that does not check them. */
    public void setAnonymous(String value) {
        settings.set("anonymous", value);
    }

    /** When lines are kept on disk: {@code off}, the default, {@code overflow} or {@code write-ahead}. */
    public void setSpool(String value) {
        settings.set("spool", value);
    }

    /** Where; by default a directory of the user's in {@code java.io.tmpdir}. */
    public void setSpoolDirectory(String value) {
        settings.set("spoolDirectory", value);
    }

    /** {@code json}, the default, or {@code ecs}. */
    public void setFormat(String value) {
        settings.set("format", value);
    }

    /** One field under another name: {@code message=msg}. May be said for several. */
    public void addFieldName(String value) {
        settings.addFieldName(value);
    }

    /** A pattern of Logback's: lines are plain text then. It knows {@code %traceId}, {@code %xrayTraceId}, {@code %spanId}. */
    public void setPattern(String value) {
        settings.set("pattern", value);
    }

    /** The most that a message keeps, in UTF-8 bytes; 65,536 by default. */
    public void setMaxMessageBytes(String value) {
        settings.set("maxMessageBytes", value);
    }

    /** {@code true} finds class, method and line of each call, which costs a walk of the stack. */
    public void setCallerData(String value) {
        settings.set("callerData", value);
    }

    /** {@code true} begins a stack with what happened first. */
    public void setRootCauseFirst(String value) {
        settings.set("rootCauseFirst", value);
    }

    /** {@code false} shows each frame of a stack. */
    public void setFoldFrames(String value) {
        settings.set("foldFrames", value);
    }

    /** The beginning of the names of classes whose frames are folded, in the place of those by default. May be said for several. */
    public void addFoldedFrames(String value) {
        settings.addFoldedFrames(value);
    }
}
