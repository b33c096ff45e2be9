package io.cruddur.obs;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.cruddur.obs.error.ClientAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which errors are reported, and what an item says. Used by one thread. */
public final class ErrorOptions {
    private static final int LEAST_ITEM = 65_536;
    private static final int MOST_ITEM = 1_048_576;

    private boolean enabled = true;
    private boolean announced = true;
    private boolean uncaught = true;
    private boolean logged = true;
    private boolean jul = true;
    private boolean clientErrors;
    private int maxPerMinute = 60;
    private Duration window = Duration.ofMinutes(1);
    private final Set<String> ignored = new HashSet<>();
    private final Map<String, ErrorLevel> levels = new HashMap<>();
    private final List<ErrorFilter> filters = new ArrayList<>();
    private final List<ErrorCustomizer> customizers = new ArrayList<>();
    private final List<String> appPackages = new ArrayList<>();
    private boolean breadcrumbs = true;
    private boolean threadDump;
    private ClientAddress clientAddress = ClientAddress.OFF;
    private int maxItemBytes = 524_288;
    private @Nullable String framework;
    private @Nullable String root;
    private @Nullable URI consoleUrl;
    private @Nullable String proxyHost;
    private int proxyPort;

    ErrorOptions() {}

    /** False sends no errors, nor logs what is reported. */
    @CanIgnoreReturnValue
    public ErrorOptions enabled(boolean value) {
        enabled = value;
        return this;
    }

    boolean isEnabled() {
        return enabled;
    }

    /** Whether it is said once, at the start, that errors go to the log where no token is set; true by default. */
    @CanIgnoreReturnValue
    public ErrorOptions announced(boolean value) {
        announced = value;
        return this;
    }

    boolean isAnnounced() {
        return announced;
    }

    /** Whether what ends a thread is reported, as critical; true by default. The handler that was there is called behind it. */
    @CanIgnoreReturnValue
    public ErrorOptions uncaught(boolean value) {
        uncaught = value;
        return this;
    }

    boolean isUncaught() {
        return uncaught;
    }

    /**
     * Whether an exception that is logged at ERROR is reported; true by default, since most failures of a service are caught
     * and logged, and one that is reported otherwise as well is so once. Through Logback.
     */
    @CanIgnoreReturnValue
    public ErrorOptions logged(boolean value) {
        logged = value;
        return this;
    }

    boolean isLogged() {
        return logged;
    }

    /** Whether an exception that is logged at SEVERE through {@code java.util.logging} is reported; true by default. */
    @CanIgnoreReturnValue
    public ErrorOptions julLogged(boolean value) {
        jul = value;
        return this;
    }

    boolean isJulLogged() {
        return jul;
    }

    /** Whether an error whose request was answered with a status of 400 to 499 is reported; false by default. */
    @CanIgnoreReturnValue
    public ErrorOptions clientErrors(boolean value) {
        clientErrors = value;
        return this;
    }

    boolean isClientErrors() {
        return clientErrors;
    }

    /**
     * How many errors of one fingerprint are sent in a minute, 1 to 10,000; 60 by default. While there are more, one item a
     * minute says how many there were.
     */
    @CanIgnoreReturnValue
    public ErrorOptions maxPerMinute(int value) {
        if (value < 1 || value > 10_000) {
            throw new IllegalArgumentException("maxPerMinute is 1 to 10,000; it was " + value + ".");
        }
        maxPerMinute = value;
        return this;
    }

    int maxPerMinute() {
        return maxPerMinute;
    }

    /** For tests: another length of the minute. */
    @CanIgnoreReturnValue
    ErrorOptions window(Duration value) {
        window = value;
        return this;
    }

    Duration window() {
        return window;
    }

    /** Exceptions of the class, by its full name, are not reported, nor those of classes under it. */
    @CanIgnoreReturnValue
    public ErrorOptions ignore(String className) {
        ignored.add(className.strip());
        return this;
    }

    Set<String> ignored() {
        return Set.copyOf(ignored);
    }

    /** Says which exceptions are failures; all of those that are given have to say so. */
    @CanIgnoreReturnValue
    public ErrorOptions filter(ErrorFilter filter) {
        filters.add(filter);
        return this;
    }

    List<ErrorFilter> filters() {
        return List.copyOf(filters);
    }

    /** The level of exceptions of the class, by its full name, and of those of classes under it; the nearest counts. */
    @CanIgnoreReturnValue
    public ErrorOptions level(String className, ErrorLevel level) {
        levels.put(className.strip(), level);
        return this;
    }

    Map<String, ErrorLevel> levels() {
        return Map.copyOf(levels);
    }

    /** Looks at each error before it is sent, and changes it or has it left out; several do so in their order. */
    @CanIgnoreReturnValue
    public ErrorOptions beforeSend(ErrorCustomizer customizer) {
        customizers.add(customizer);
        return this;
    }

    List<ErrorCustomizer> customizers() {
        return List.copyOf(customizers);
    }

    /** The packages of the application: their frames of a stack are marked as its own. Those below them are, too. */
    @CanIgnoreReturnValue
    public ErrorOptions appPackages(String... packages) {
        Arrays.stream(packages).map(String::strip).filter(p -> !p.isEmpty()).forEach(appPackages::add);
        return this;
    }

    List<String> appPackages() {
        return List.copyOf(appPackages);
    }

    /** Whether an error tells the last 50 events of its trace; true by default. */
    @CanIgnoreReturnValue
    public ErrorOptions breadcrumbs(boolean value) {
        breadcrumbs = value;
        return this;
    }

    boolean isBreadcrumbs() {
        return breadcrumbs;
    }

    /**
     * Whether an item holds the stacks of the process's threads, as they are a moment later; false by default. It stops the
     * application: 500 threads cost some 30 ms and up to 100 of them are kept.
     */
    @CanIgnoreReturnValue
    public ErrorOptions threadDump(boolean value) {
        threadDump = value;
        return this;
    }

    boolean isThreadDump() {
        return threadDump;
    }

    /** What is said of the client's address; {@link ClientAddress#OFF} by default. */
    @CanIgnoreReturnValue
    public ErrorOptions clientAddress(ClientAddress value) {
        clientAddress = value;
        return this;
    }

    ClientAddress clientAddress() {
        return clientAddress;
    }

    /** The most that an item has, in bytes before compression: 65,536 to 1,048,576, which Rollbar takes; 524,288 by default. */
    @CanIgnoreReturnValue
    public ErrorOptions maxItemBytes(int value) {
        if (value < LEAST_ITEM || value > MOST_ITEM) {
            throw new IllegalArgumentException("maxItemBytes is 65,536 to 1,048,576; it was " + value + ".");
        }
        maxItemBytes = value;
        return this;
    }

    int maxItemBytes() {
        return maxItemBytes;
    }

    /** The framework that the application uses, such as {@code spring-boot 4.1.2}. */
    @CanIgnoreReturnValue
    public ErrorOptions framework(@Nullable String value) {
        framework = value;
        return this;
    }

    @Nullable String framework() {
        return framework;
    }

    /** Where the application's code lies in its repository; {@code src/main/java} by default. */
    @CanIgnoreReturnValue
    public ErrorOptions root(@Nullable String value) {
        root = value;
        return this;
    }

    @Nullable String root() {
        return root;
    }

    /** Where the local console is, so that an item has a link to its trace there; null, the default, for none. */
    @CanIgnoreReturnValue
    public ErrorOptions consoleUrl(@Nullable URI value) {
        consoleUrl = ObsBuilder.http("consoleUrl", value);
        return this;
    }

    @Nullable URI consoleUrl() {
        return consoleUrl;
    }

    /**
     * The proxy through which items go. By default the JDK's: {@code https.proxyHost} and {@code https.proxyPort}. One that
     * asks for a password is not spoken to.
     *
     * @param hostAndPort such as {@code proxy.example:3128}
     * @throws IllegalArgumentException with the valid form, if it is not of it
     */
    @CanIgnoreReturnValue
    public ErrorOptions proxy(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        String port = hostAndPort.substring(colon + 1);
        if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535 || hostAndPort.contains("/")) {
            throw new IllegalArgumentException("The proxy is not of the form host:port, such as proxy.example:3128.");
        }
        proxyHost = hostAndPort.substring(0, colon);
        proxyPort = Integer.parseInt(port);
        return this;
    }

    @Nullable String proxyHost() {
        return proxyHost;
    }

    int proxyPort() {
        return proxyPort;
    }
}
