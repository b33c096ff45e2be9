package io.cruddur.obs.log;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Hands each record to the way out that its logger has. Thread-safe; allocates nothing. */
public final class LogRouter implements Consumer<LogRecord> {
    private record Route(String logger, Consumer<LogRecord> out) {
        boolean isFor(String name) {
            return name.startsWith(logger) && (name.length() == logger.length() || name.charAt(logger.length()) == '.');
        }
    }

    private final List<Route> routes;
    private final Consumer<LogRecord> otherwise;

    /**
     * A router.
     *
     * @param routes ways out by the names of loggers, each for those below it as well; the longest wins. A dot at the end
     *     is not part of the name
     * @param otherwise for all other loggers
     */
    public LogRouter(Map<String, Consumer<LogRecord>> routes, Consumer<LogRecord> otherwise) {
        this.routes = routes.entrySet().stream()
                .map(route -> new Route(route.getKey().replaceFirst("\\.+$", ""), route.getValue()))
                .sorted(Comparator.comparingInt((Route route) -> -route.logger().length()))
                .toList();
        this.otherwise = otherwise;
    }

    @Override
    public void accept(LogRecord record) {
        // By index: an iterator would be an allocation an event.
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).isFor(record.logger())) {
                routes.get(i).out().accept(record);
                return;
            }
        }
        otherwise.accept(record);
    }
}
