package io.cruddur.obs.spring.provision;

import java.util.function.Supplier;
import software.amazon.awssdk.services.xray.XRayClient;
import software.amazon.awssdk.services.xray.model.InvalidRequestException;

/** The group of X-Ray that has the service's traces. */
record GroupStep(Supplier<XRayClient> client, String name, String service) implements Step {

    String filter() {
        return "service(\"" + service.replace("\\", "\\\\").replace("\"", "\\\"") + "\")";
    }

    @Override
    public String what() {
        return "the X-Ray group " + name;
    }

    @Override
    public String permissions() {
        return "xray:GetGroup and xray:CreateGroup";
    }

    @Override
    public String apply() {
        try (XRayClient xray = client.get()) {
            try {
                String filter = xray.getGroup(request -> request.groupName(name))
                        .group()
                        .filterExpression();
                return filter().equals(filter)
                        ? "is there"
                        : "is there with the filter " + filter + " and not " + filter() + "; it is left as it is";
            } catch (InvalidRequestException none) {
                xray.createGroup(request -> request.groupName(name).filterExpression(filter()));
                return "created, with the filter " + filter();
            }
        }
    }
}
