package io.cruddur.obs.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.test.DaemonReceiver;
import io.cruddur.obs.test.RollbarReceiver;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that is started and stopped again and again in a container that stays. */
class RedeployTest {
    /** Each loads all of the library anew. */
    private static final int ROUNDS = Boolean.getBoolean("thorough") ? 50 : 10;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> OF_THE_APPLICATION =
            List.of("io.cruddur.obs.", "ch.qos.logback.", "org.slf4j.", "com.rollbar.", "org.jctools.", "com.google.");

    static {
        // Tomcat says of every start and end what nobody asks here.
        LogManager.getLogManager().reset();
    }

    /** What a container gives to an application: its own libraries first, the container's else. */
    private static final class ApplicationLoader extends URLClassLoader {
        ApplicationLoader() throws MalformedURLException {
            super(classPath(), RedeployTest.class.getClassLoader());
        }

        private static URL[] classPath() throws MalformedURLException {
            var urls = new ArrayList<URL>();
            for (String entry : System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
            return urls.toArray(new URL[0]);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (OF_THE_APPLICATION.stream().noneMatch(name::startsWith)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }

        @Override
        public URL getResource(String name) {
            return findResource(name);
        }
    }

    private final Tomcat tomcat = new Tomcat();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

    private void deploy(DaemonReceiver daemon, RollbarReceiver rollbar) throws Exception {
        try (var loader = new ApplicationLoader()) {
            var context = new StandardContext();
            context.setName("/app");
            context.setPath("/app");
            context.addLifecycleListener(new Tomcat.FixContextListener());
            context.setParentClassLoader(loader);
            Constructor<?> application = loader.loadClass(RedeployedApplication.class.getName())
                    .getDeclaredConstructor(String.class, URI.class);
            application.setAccessible(true);
            context.addServletContainerInitializer(
                    (ServletContainerInitializer) application.newInstance(daemon.address(), rollbar.endpoint()), null);
            tomcat.getHost().addChild(context);
            URI uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/app/x");
            HttpResponse<Void> answer =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
            assertThat(answer.headers().firstValue("X-Amzn-Trace-Id")).isPresent();
            tomcat.getHost().removeChild(context);
            loaders.add(new WeakReference<>(loader));
        }
        assertThat(daemon.nextUntil(document -> document.path("fault").asBoolean(false)))
                .isNotEmpty();
        assertThat(rollbar.next().toString()).contains("to be reported");
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("cruddur-obs"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Where the process runs is looked up once in each class loader, on a thread that ends by itself. */
    private static void awaitLookups() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("cruddur-obs-platform")) {
                thread.join(PATIENCE.toMillis());
            }
        }
    }

    private static long sockets() throws IOException {
        Path open = Path.of("/proc/self/fd");
        if (!Files.isDirectory(open)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(open)) {
            return files.filter(RedeployTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException e) {
            // Closed meanwhile.
            return false;
        }
    }

    private long left() {
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }

    /** Collects until nothing is left, or the time is up. */
    private void awaitCollected() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (left() > 0 && System.nanoTime() < end) {
            System.gc();
        }
    }

    @Test
    void nothingOfItStays(@TempDir Path directory) throws Exception {
        try (var daemon = new DaemonReceiver();
                var rollbar = new RollbarReceiver()) {
            tomcat.setBaseDir(directory.toString());
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            tomcat.start();
            try {
                // What is opened once for all.
                deploy(daemon, rollbar);
                awaitLookups();
                Set<String> threads = threads();
                long sockets = sockets();
                for (int round = 0; round < ROUNDS; round++) {
                    deploy(daemon, rollbar);
                }
                awaitLookups();
                awaitCollected();

                assertThat(left()).as("class loaders").isZero();
                assertThat(threads()).as("threads").isEqualTo(threads).isEmpty();
                assertThat(sockets()).as("sockets").isLessThanOrEqualTo(sockets + 2);
            } finally {
                tomcat.stop();
                tomcat.destroy();
            }
        }
    }
}
