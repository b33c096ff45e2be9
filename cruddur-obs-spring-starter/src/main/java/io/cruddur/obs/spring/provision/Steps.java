package io.cruddur.obs.spring.provision;

import io.cruddur.obs.aws.Connection;
import io.cruddur.obs.spring.ObsProperties;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;

/** What is to be created, by the properties. */
final class Steps {
    private Steps() {}

    static List<Step> of(ObsProperties properties, String service, ResourceLoader resources, Account account) {
        List<Step> steps = new ArrayList<>();
        if (ClassUtils.isPresent("software.amazon.awssdk.services.xray.XRayClient", resources.getClassLoader())) {
            String name = properties.provisionGroup();
            steps.add(new GroupStep(account::xrayClient, name == null || name.isBlank() ? service : name, service));
            steps.add(new SamplingRuleStep(
                    account::xrayClient, () -> RuleFile.read(resources, properties.provisionSamplingRule())));
        } else {
            steps.add(new MissingClient());
        }
        Connection logs = account.logs();
        if (logs != null && properties.logs().enabled()) {
            steps.add(new LogGroupStep(
                    () -> Account.logsClient(logs), properties.logs().groupFor(service), properties.logs()));
        }
        return steps;
    }

    /** Says once how X-Ray can be provisioned. */
    private record MissingClient() implements Step {
        @Override
        public String what() {
            return "X-Ray's group and sampling rule";
        }

        @Override
        public String permissions() {
            return "";
        }

        @Override
        public String apply() {
            throw new IllegalStateException("add the dependency software.amazon.awssdk:xray");
        }
    }
}
