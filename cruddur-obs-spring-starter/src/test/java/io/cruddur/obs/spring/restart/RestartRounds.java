package io.cruddur.obs.spring.restart;

import io.cruddur.obs.console.Console;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import reactor.core.scheduler.Schedulers;

/**
 * Starts and stops an application so many times, with the classes whose names begin in a certain way in a loader that goes,
 * and prints what is left of it: class loaders, threads, sockets beyond those of the first round. In a process of its own, in
 * which soft references last no longer than others.
 */
final class RestartRounds {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String APPLICATION = RestartedApplication.class.getName();

    /** Has classes of its own, which go with it; all others stay. */
    private static final class RestartLoader extends URLClassLoader {
        private final String prefix;

        RestartLoader(String prefix) throws IOException {
            super(classPath(), RestartRounds.class.getClassLoader());
            this.prefix = prefix;
        }

        private static URL[] classPath() throws IOException {
            List<URL> urls = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
            return urls.toArray(URL[]::new);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(prefix)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }

    private final String prefix;

    private RestartRounds(String prefix) {
        this.prefix = prefix;
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

    private void startAndStop(String... properties) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (var loader = new RestartLoader(prefix)) {
            Thread.currentThread().setContextClassLoader(loader);
            ConfigurableApplicationContext context = new SpringApplicationBuilder(loader.loadClass(APPLICATION))
                    .resourceLoader(new DefaultResourceLoader(loader))
                    .registerShutdownHook(false)
                    .properties("server.port=0", "cruddur.obs.delivery.spool.mode=off")
                    .properties(properties)
                    .run();
            String port = context.getEnvironment().getRequiredProperty("local.server.port");
            for (String path : List.of("/work", "/boom")) {
                URI uri = URI.create("http://127.0.0.1:" + port + path);
                HttpResponse<String> answer =
                        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != (path.equals("/work") ? 200 : 500)) {
                    throw new IllegalStateException(path + " answers " + answer.statusCode());
                }
            }
            SpringApplication.exit(context);
            loaders.add(new WeakReference<>(loader));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** They live as long as the process, and keep the class loader of whoever comes first. */
    private static void startThreadsOfReactor() {
        for (int i = 0; i < Schedulers.DEFAULT_POOL_SIZE; i++) {
            Schedulers.parallel().schedule(() -> {});
        }
    }

    private long leftOver() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long left;
        do {
            System.gc();
            left = loaders.stream().filter(loader -> loader.get() != null).count();
        } while (left > RestartTest.OTHERS && System.nanoTime() < end);
        return left;
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("cruddur-obs-"))
                .filter(thread -> !thread.getName().startsWith("cruddur-obs-platform"))
                .filter(thread -> !thread.getName().startsWith("cruddur-obs-console"))
                .count();
    }

    /** One that is on its way to its end is none that stays. */
    private static long threadsBeyond(long before) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (threads() > before && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return threads() - before;
    }

    private static long sockets() throws IOException {
        Path open = Path.of("/proc/self/fd");
        if (!Files.isDirectory(open)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(open)) {
            return files.filter(RestartRounds::isSocket).count();
        }
    }

    /** Before Java 21 the JDK's client closes its own when it is collected. */
    private static long socketsBeyond(long before) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (sockets() > before && System.nanoTime() < end) {
            System.gc();
        }
        return sockets() - before;
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException e) {
            // Closed meanwhile.
            return false;
        }
    }

    public static void main(String[] arguments) throws Exception {
        var rounds = new RestartRounds(arguments[1]);
        try (Console console = Console.builder().port(0).open()) {
            rounds.run(Integer.parseInt(arguments[0]), "127.0.0.1:" + console.port());
        }
        // Tomcat, Reactor and the JDK's client have threads that would keep the process.
        System.exit(0);
    }

    private void run(int count, String address) throws Exception {
        String[] properties = {
            "cruddur.obs.mode=aws",
            "cruddur.obs.trace.sampler=always",
            "cruddur.obs.logs.enabled=false",
            "AWS_XRAY_DAEMON_ADDRESS=" + address,
            "ROLLBAR_ACCESS_TOKEN=test",
            "ROLLBAR_ENDPOINT=http://" + address + "/api/1/item/"
        };
        startThreadsOfReactor();
        startAndStop(properties);
        long threads = threads();
        long sockets = sockets();
        for (int round = 0; round < count; round++) {
            startAndStop(properties);
        }
        System.out.println("class loaders left: " + leftOver());
        System.out.println("threads left: " + threadsBeyond(threads));
        System.out.println("sockets left: " + socketsBeyond(sockets));
    }
}
