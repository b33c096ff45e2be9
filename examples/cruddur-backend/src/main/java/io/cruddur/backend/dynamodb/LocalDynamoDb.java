package io.cruddur.backend.dynamodb;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * DynamoDB Local, in memory, on a free port of the loopback address. Its jars have a class loader of their own: they
 * bring a Netty, a Jetty, a Log4j and two AWS SDKs, none of which the application shall meet. Started in parts, since its
 * own main class listens on every address and tells Amazon that it was started.
 */
final class LocalDynamoDb implements AutoCloseable {
    private static final String SERVER = "com.amazonaws.services.dynamodbv2.local.server.";
    private static final String JETTY = "org.eclipse.jetty.server.";

    private final Object store;
    private final Object server;

    /**
     * Starts it.
     *
     * @param folder its jars and native libraries
     */
    LocalDynamoDb(Path folder) {
        var classes = new URLClassLoader("dynamodb-local", jarsOf(folder), ClassLoader.getPlatformClassLoader());
        System.setProperty("sqlite4java.library.path", folder.toString());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classes);
        try {
            // Credentials are not looked at; in memory; one store for all regions; no delays as the service has them.
            store = classes.loadClass(SERVER + "LocalDynamoDBRequestHandler")
                    .getConstructor(int.class, boolean.class, String.class, boolean.class, boolean.class)
                    .newInstance(0, true, null, true, false);
            Object handler = classes.loadClass(SERVER + "LocalDynamoDBServerHandler")
                    .getConstructor(classes.loadClass(SERVER + "DynamoDBRequestHandler"), String.class)
                    .newInstance(store, null);
            server = classes.loadClass(JETTY + "Server")
                    .getConstructor(InetSocketAddress.class)
                    .newInstance(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            server.getClass()
                    .getMethod("setHandler", classes.loadClass(JETTY + "Handler"))
                    .invoke(server, handler);
            call(server, "start");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "DynamoDB Local in " + folder + " does not start; another version of it?", causeOf(e));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] jarsOf(Path folder) {
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                jars.add(file.toUri().toURL());
            }
        } catch (IOException e) {
            throw new IllegalStateException("The folder of DynamoDB Local cannot be read", e);
        }
        return jars.toArray(URL[]::new);
    }

    URI endpoint() {
        return (URI) call(server, "getURI");
    }

    /** Leaves the class loader open: a thread of the store's goes on for a moment, and may want one more class. */
    @Override
    public void close() {
        call(server, "stop");
        call(store, "shutdown");
    }

    private static Object call(Object target, String method) {
        try {
            return target.getClass().getMethod(method).invoke(target);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("DynamoDB Local: " + method + " failed", causeOf(e));
        }
    }

    private static Throwable causeOf(ReflectiveOperationException e) {
        return e instanceof InvocationTargetException wrapper && wrapper.getCause() != null ? wrapper.getCause() : e;
    }
}
