package io.cruddur.obs.aws.platform;

import com.amazonaws.xray.plugins.EC2Plugin;
import com.amazonaws.xray.plugins.ECSPlugin;
import com.amazonaws.xray.plugins.EKSPlugin;
import com.amazonaws.xray.plugins.ElasticBeanstalkPlugin;
import com.amazonaws.xray.plugins.Plugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The X-Ray SDK's plugins. To make one is to ask already: some look around in their constructors. */
final class XrayPlugins {
    /** The AWS SDKs' own switch. */
    private static final String NO_METADATA = "AWS_EC2_METADATA_DISABLED";

    private XrayPlugins() {}

    /** In the SDK's order, so that the first that is enabled names the kind. */
    static List<Supplier<Plugin>> inOrder(Map<String, String> environment) {
        var plugins = new ArrayList<Supplier<Plugin>>();
        plugins.add(ElasticBeanstalkPlugin::new);
        plugins.add(EKSPlugin::new);
        plugins.add(ECSPlugin::new);
        if (!"true".equalsIgnoreCase(environment.get(NO_METADATA))) {
            plugins.add(EC2Plugin::new);
        }
        return plugins;
    }
}
