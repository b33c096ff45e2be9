package io.cruddur.obs;

import io.cruddur.obs.aws.Connection;
import io.cruddur.obs.cloudwatch.CloudWatchSettings;
import io.cruddur.obs.cloudwatch.StreamName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The log groups that are written to, checked.
 *
 * @param main for all loggers that have no group of their own
 * @param others the further groups, in the order of their names, with the loggers that they are for
 */
record LogDestinations(CloudWatchSettings main, Map<CloudWatchSettings, Set<String>> others) {
    private static final String SINK = "cloudwatch";

    /**
     * The destinations that were set.
     *
     * @throws IllegalArgumentException if the service takes no such group or stream; says what it does
     */
    static LogDestinations of(Settings settings, Settings.Logs logs) {
        var loggers = new TreeMap<String, Set<String>>();
        logs.options()
                .groups()
                .forEach((logger, group) -> loggers.computeIfAbsent(group, unused -> new HashSet<>())
                        .add(logger));
        CloudWatchSettings main = destination(settings, logs, SINK, logs.group());
        var others = new LinkedHashMap<CloudWatchSettings, Set<String>>();
        loggers.forEach((group, names) -> others.put(
                // A logger may be sent back to the main group from below one that is not.
                group.equals(logs.group()) ? main : destination(settings, logs, SINK + ':' + group, group), names));
        return new LogDestinations(main, others);
    }

    /** The template, if a stream may be named by it. */
    static String checkedStream(String template) {
        StreamName.of(template, HostAndProcess.values("service"));
        return template;
    }

    private static CloudWatchSettings destination(Settings settings, Settings.Logs logs, String sink, String group) {
        return new CloudWatchSettings(
                sink,
                logs.options().logGroup(group),
                StreamName.of(logs.stream(), HostAndProcess.values(settings.service())),
                new Connection(
                        logs.region(),
                        logs.endpoint(),
                        logs.anonymous(),
                        settings.delivery().attemptTimeout()),
                logs.options().logEntity(settings.service(), settings.environment()));
    }
}
